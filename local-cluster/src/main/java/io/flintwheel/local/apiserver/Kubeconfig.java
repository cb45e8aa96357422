package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.security.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The file by which clients find the server and show who they are. JSON, which is YAML too. */
final class Kubeconfig {

  private static final String NAME = "flintwheel-local";

  private Kubeconfig() {}

  static void write(Path file, String url, Path authority, String token) throws IOException {
    ObjectNode config = Json.object().put("apiVersion", "v1").put("kind", "Config");
    config
        .putArray("clusters")
        .addObject()
        .put("name", NAME)
        .putObject("cluster")
        .put("server", url)
        .put("certificate-authority", authority.toString());
    config.putArray("users").addObject().put("name", NAME).putObject("user").put("token", token);
    config
        .putArray("contexts")
        .addObject()
        .put("name", NAME)
        .putObject("context")
        .put("cluster", NAME)
        .put("user", NAME)
        .put("namespace", "default");
    config.put("current-context", NAME);
    PrivateFiles.write(
        file, new String(Json.bytes(config), StandardCharsets.UTF_8) + System.lineSeparator());
  }
}
