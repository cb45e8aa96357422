package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.flintwheel.local.apiserver.controller.Namespaces;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What a new cluster holds: namespaces, and the accounts that Spark's drivers run as. */
final class Seeds {

  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease", "flintwheel");

  private static final String DRIVER_MANIFEST = "/flintwheel/k8s/spark.yaml";

  private final Objects objects;

  private Seeds(Objects objects) {
    this.objects = objects;
  }

  static void plant(Objects objects, Namespaces namespaces) {
    Seeds seeds = new Seeds(objects);
    for (String namespace : NAMESPACES) {
      seeds.create(ResourceTypes.NAMESPACES, "", named(namespace));
      namespaces.furnish(namespace);
    }
    seeds.kubernetesService();
    seeds.driverAccounts();
  }

  private void kubernetesService() {
    ObjectNode service = named("kubernetes");
    Json.objectAt(service, "metadata", "labels")
        .put("component", "apiserver")
        .put("provider", "kubernetes");
    Json.arrayAt(Json.objectAt(service, "spec"), "ports")
        .addObject()
        .put("name", "https")
        .put("port", 443)
        .put("targetPort", 6443);
    create(ResourceTypes.SERVICES, "default", service);
  }

  /** The accounts and the role that k8s/ gives drivers on any other cluster. */
  private void driverAccounts() {
    try (InputStream manifest = Seeds.class.getResourceAsStream(DRIVER_MANIFEST)) {
      for (ObjectNode object :
          documents(java.util.Objects.requireNonNull(manifest, DRIVER_MANIFEST))) {
        ResourceType type =
            switch (object.path("kind").asText()) {
              case "ServiceAccount" -> ResourceTypes.SERVICE_ACCOUNTS;
              case "Role" -> ResourceTypes.ROLES;
              case "RoleBinding" -> ResourceTypes.ROLE_BINDINGS;
              default ->
                  throw new IllegalStateException(
                      DRIVER_MANIFEST + " holds " + object.path("kind"));
            };
        create(type, object.path("metadata").path("namespace").asText(), object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(DRIVER_MANIFEST + " cannot be read", e);
    }
  }

  private static List<ObjectNode> documents(InputStream manifest) throws IOException {
    YAMLFactory yaml = new YAMLFactory();
    try (MappingIterator<ObjectNode> documents =
        new ObjectMapper(yaml).readValues(yaml.createParser(manifest), ObjectNode.class)) {
      return documents.readAll();
    }
  }

  private void create(ResourceType type, String namespace, ObjectNode object) {
    objects.creation().create(type, namespace, object, WriteOptions.CONTROL_PLANE);
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }
}
