package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.flintwheel.events.job.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the API server refuses of a container's security context (its {@code
 * ValidateSecurityContext}): of an executor's it would tell nobody but the driver, which asks again
 * for ever.
 */
final class SecurityContextCheck {

  private static final String LOCALHOST = "Localhost";
  private static final List<String> PROFILES = List.of(LOCALHOST, "RuntimeDefault", "Unconfined");
  private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");

  private final String field;
  private final List<Problem> problems;

  private SecurityContextCheck(String field, List<Problem> problems) {
    this.field = field;
    this.problems = problems;
  }

  static void check(SecurityContext context, String field, List<Problem> problems) {
    SecurityContextCheck check = new SecurityContextCheck(field, problems);
    check.id("runAsUser", context.getRunAsUser());
    check.id("runAsGroup", context.getRunAsGroup());
    check.oneOf("procMount", context.getProcMount(), PROC_MOUNTS);
    SeccompProfile seccomp = context.getSeccompProfile();
    if (seccomp != null) {
      check.profile("seccompProfile", seccomp.getType(), seccomp.getLocalhostProfile());
    }
    AppArmorProfile appArmor = context.getAppArmorProfile();
    if (appArmor != null) {
      check.profile("appArmorProfile", appArmor.getType(), appArmor.getLocalhostProfile());
    }
    if (Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
      check.escalation(context);
    }
  }

  private void id(String name, @Nullable Long id) {
    if (id != null && (id < 0 || id > Integer.MAX_VALUE)) {
      add("." + name, "is " + id, "0 to " + Integer.MAX_VALUE);
    }
  }

  private void oneOf(String name, @Nullable String value, List<String> allowed) {
    if (value != null && !allowed.contains(value)) {
      add("." + name, "is not a known value", "one of " + String.join(", ", allowed));
    }
  }

  private void profile(String name, @Nullable String type, @Nullable String file) {
    if (type == null || type.isEmpty()) {
      add("." + name + ".type", "is missing", "one of " + String.join(", ", PROFILES));
      return;
    }
    oneOf(name + ".type", type, PROFILES);
    boolean named = file != null && !file.isEmpty();
    if (type.equals(LOCALHOST) != named) {
      add(
          "." + name + ".localhostProfile",
          named ? "is given with another type" : "is missing",
          "a profile's name with type " + LOCALHOST + ", and with no other");
    }
  }

  private void escalation(SecurityContext context) {
    boolean admin =
        context.getCapabilities() != null
            && context.getCapabilities().getAdd() != null
            && context.getCapabilities().getAdd().contains("CAP_SYS_ADMIN");
    if (admin || Boolean.TRUE.equals(context.getPrivileged())) {
      add(
          ".allowPrivilegeEscalation",
          "is false, but " + (admin ? "CAP_SYS_ADMIN is added" : "privileged is true"),
          "one of the two");
    }
  }

  private void add(String member, String message, String expected) {
    problems.add(new Problem(field + member, message, expected));
  }
}
