package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of the addresses of a Service, on a cluster that knows IPv4 alone. */
final class AddressValidation {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final String[] POLICIES = {"PreferDualStack", "RequireDualStack", "SingleStack"};

  private AddressValidation() {}

  /** What a client asks for, before the server gives addresses itself. */
  static void check(JsonNode spec, List<FieldError> errors) {
    boolean headless = "None".equals(Json.text(spec, "clusterIP"));
    address(spec, headless, errors);
    // Nobody but its endpoints' author knows the families of such a Service.
    boolean free = headless && spec.path("selector").isEmpty();
    families(spec, free, errors);
    policy(spec, free, errors);
  }

  private static void address(JsonNode spec, boolean headless, List<FieldError> errors) {
    String address = Json.textOrEmpty(spec, "clusterIP");
    JsonNode all = spec.path("clusterIPs");
    if (address.isEmpty() && !all.isEmpty()) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs", all, "must be empty when `clusterIP` is not specified"));
    } else if (!all.isEmpty() && !all.path(0).asText().equals(address)) {
      errors.add(FieldError.invalid("spec.clusterIPs", all, "first value must match `clusterIP`"));
    } else if (!address.isEmpty() && !headless) {
      given(address, errors);
    }
  }

  private static void given(String address, List<FieldError> errors) {
    if (!ADDRESS.matcher(address).matches()) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs[0]",
              address,
              "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
    } else if (!ServiceAddresses.contains(address)) {
      errors.add(
          FieldError.invalid(
              "spec.clusterIPs",
              Json.array().add(address),
              "failed to allocate IP "
                  + address
                  + ": the provided network does not match the current range"));
    }
  }

  private static void families(JsonNode spec, boolean free, List<FieldError> errors) {
    Set<String> seen = new HashSet<>();
    int index = 0;
    for (JsonNode family : spec.path("ipFamilies")) {
      String at = "spec.ipFamilies[" + index++ + "]";
      String name = family.asText();
      if (!Set.of("IPv4", "IPv6").contains(name)) {
        errors.add(FieldError.unsupported(at, name, "IPv4", "IPv6"));
      } else if (!seen.add(name)) {
        errors.add(FieldError.duplicate(at, name));
      } else if (name.equals("IPv6") && !free && spec.path("ipFamilies").size() == 1) {
        errors.add(FieldError.invalid(at, name, "not configured on this cluster"));
      }
    }
  }

  private static void policy(JsonNode spec, boolean free, List<FieldError> errors) {
    String policy = Json.textOrEmpty(spec, "ipFamilyPolicy");
    if (!policy.isEmpty() && !List.of(POLICIES).contains(policy)) {
      errors.add(FieldError.unsupported("spec.ipFamilyPolicy", policy, POLICIES));
    } else if (policy.equals("RequireDualStack") && !free) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilyPolicy",
              policy,
              "this cluster is not configured for dual-stack services"));
    } else if (policy.equals("SingleStack") && spec.path("ipFamilies").size() > 1) {
      errors.add(
          FieldError.invalid(
              "spec.ipFamilyPolicy",
              policy,
              "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"));
    }
  }
}
