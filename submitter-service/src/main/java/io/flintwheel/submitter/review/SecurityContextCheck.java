package io.flintwheel.submitter.review;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.flintwheel.events.job.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the API server refuses of a container's security context (its {@code
 * ValidateSecurityContext}): of an executor's it would tell nobody but the driver, which asks again
 * for ever.
 */
final class SecurityContextCheck {

  private static final String LOCALHOST = "Localhost";
  private static final List<String> PROFILES = List.of(LOCALHOST, "RuntimeDefault", "Unconfined");
  private static final String PROC_MOUNT = "Default";
  private static final int LONGEST_APP_ARMOR = 4095;
  private static final Pattern PADDED = Pattern.compile("(?U)\\A\\s|\\s\\z");

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
    check.procMount(context.getProcMount());
    SeccompProfile seccomp = context.getSeccompProfile();
    if (seccomp != null) {
      check.profile("seccompProfile", seccomp.getType(), seccomp.getLocalhostProfile());
      check.seccompFile(seccomp.getLocalhostProfile());
    }
    AppArmorProfile appArmor = context.getAppArmorProfile();
    if (appArmor != null) {
      check.profile("appArmorProfile", appArmor.getType(), appArmor.getLocalhostProfile());
      check.appArmorName(appArmor.getLocalhostProfile());
    }
    if (context.getWindowsOptions() != null) {
      check.add(".windowsOptions", "is not supported", "remove it; Spark runs on Linux here");
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

  private void procMount(@Nullable String value) {
    if (value != null && !value.equals(PROC_MOUNT)) {
      add(
          ".procMount",
          value.equals("Unmasked")
              ? "is Unmasked, which needs hostUsers: false, and that is not supported"
              : "is not a known value",
          PROC_MOUNT + ", or nothing");
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
    boolean local = type.equals(LOCALHOST);
    if (local ? file == null || file.isEmpty() : file != null) {
      add(
          "." + name + ".localhostProfile",
          local ? "is missing" : "is given with another type",
          "a profile's name with type " + LOCALHOST + ", and with no other");
    }
  }

  private void seccompFile(@Nullable String file) {
    if (file != null && (file.startsWith("/") || List.of(file.split("/", -1)).contains(".."))) {
      add(
          ".seccompProfile.localhostProfile",
          "leaves the kubelet's directory of profiles",
          "a path that neither starts with '/' nor contains '..'");
    }
  }

  private void appArmorName(@Nullable String name) {
    if (name != null
        && (PADDED.matcher(name).find()
            || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_APP_ARMOR)) {
      add(
          ".appArmorProfile.localhostProfile",
          "is no name of a profile",
          "a name without blanks around it, at most " + LONGEST_APP_ARMOR + " bytes");
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
