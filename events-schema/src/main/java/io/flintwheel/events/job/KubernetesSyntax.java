package io.flintwheel.events.job;

import java.util.regex.Pattern;

/** What Kubernetes allows as a namespace and as labels, so that a bad one is told before it is. */
public final class KubernetesSyntax {

  public static final String NAMESPACE_PATTERN = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  public static final String NAMESPACE_RULE =
      "1 to 63 lower-case letters, digits and '-', starting and ending with a letter or digit";

  public static final String LABEL_KEY_RULE =
      "1 to 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit,"
          + " optionally after a domain and '/', such as example.com/team";

  public static final String LABEL_VALUE_PATTERN =
      "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";

  public static final String LABEL_VALUE_RULE =
      "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit";

  private static final Pattern NAMESPACE = Pattern.compile(NAMESPACE_PATTERN);
  private static final Pattern LABEL_VALUE = Pattern.compile(LABEL_VALUE_PATTERN);

  private KubernetesSyntax() {}

  /** A DNS-1123 label. */
  public static boolean isNamespace(String text) {
    return NAMESPACE.matcher(text).matches();
  }

  public static boolean isLabelKey(String text) {
    int slash = text.indexOf('/');
    String name = text.substring(slash + 1);
    return !name.isEmpty()
        && LABEL_VALUE.matcher(name).matches()
        && (slash < 0 || isSubdomain(text.substring(0, slash)));
  }

  public static boolean isLabelValue(String text) {
    return LABEL_VALUE.matcher(text).matches();
  }

  /** A DNS-1123 subdomain. */
  private static boolean isSubdomain(String text) {
    if (text.length() > 253) {
      return false;
    }
    for (String part : text.split("\\.", -1)) {
      if (!NAMESPACE.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }
}
