package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;

/** The values that a Service has when nobody said otherwise. */
final class ServiceDefaults {

  private final ServiceAddresses addresses;

  ServiceDefaults(ServiceAddresses addresses) {
    this.addresses = addresses;
  }

  void fill(ObjectNode service) {
    ObjectNode spec = Json.objectAt(service, "spec");
    Json.putIfAbsent(spec, "type", "ClusterIP");
    Json.putIfAbsent(spec, "sessionAffinity", "None");
    for (ObjectNode port : Json.objects(spec, "ports")) {
      Json.putIfAbsent(port, "protocol", "TCP");
      boolean unset = List.of("", "0").contains(Json.textOrEmpty(port, "targetPort"));
      if (unset && port.has("port")) {
        port.set("targetPort", port.get("port"));
      }
    }
    if (!spec.path("type").asText().equals("ExternalName")) {
      Json.putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
      addresses(spec);
    }
    Json.objectAt(service, "status", "loadBalancer");
  }

  private void addresses(ObjectNode spec) {
    if (Json.textOrEmpty(spec, "clusterIP").isEmpty()) {
      spec.put("clusterIP", addresses.allocate());
    }
    if (!spec.has("clusterIPs")) {
      spec.putArray("clusterIPs").add(spec.get("clusterIP"));
    }
    boolean headless = spec.path("clusterIP").asText().equals("None");
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    boolean selectorless = spec.path("selector").isEmpty();
    Json.putIfAbsent(
        spec, "ipFamilyPolicy", headless && selectorless ? "RequireDualStack" : "SingleStack");
  }
}
