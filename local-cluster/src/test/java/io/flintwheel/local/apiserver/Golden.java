package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What a real API server (Kubernetes 1.35, the testbed's) answered, under {@code apiserver/}. */
public final class Golden {

  private Golden() {}

  public static byte[] bytes(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/apiserver/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  public static ObjectNode json(String name) {
    try {
      return (ObjectNode) Json.parse(bytes(name));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is not JSON", e);
    }
  }
}
