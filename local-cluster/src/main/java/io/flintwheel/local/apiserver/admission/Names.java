package io.flintwheel.local.apiserver.admission;

import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be a name, and the real server's words for what may not. */
public final class Names {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

  private static final String NOT_LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  private static final String NOT_LABEL_1035 =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
          + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
          + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final String NOT_SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String NOT_QUALIFIED =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String NOT_LABEL_KEY =
      "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start"
          + " and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
          + " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an"
          + " optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
  private static final String NOT_LABEL_VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private static final int LONGEST_DATA_KEY = 253;
  private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  private static final String NOT_DATA_KEY =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
          + " (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for"
          + " validation is '[-._a-zA-Z0-9]+')";

  private static final Set<ResourceType> PATH_NAMED =
      Set.of(
          ResourceTypes.ROLES,
          ResourceTypes.ROLE_BINDINGS,
          ResourceTypes.CLUSTER_ROLES,
          ResourceTypes.CLUSTER_ROLE_BINDINGS);

  private Names() {}

  static List<FieldError> object(ResourceType type, String name) {
    return object(type, "metadata.name", name);
  }

  /** What names are made of; it may end in a hyphen, since a suffix follows. */
  static List<FieldError> prefix(ResourceType type, String prefix) {
    boolean hyphen = prefix.length() > 1 && prefix.endsWith("-");
    String begun = hyphen ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    String field = "metadata.generateName";
    return object(type, field, begun).stream()
        .map(
            error ->
                new FieldError(
                    error.reason(),
                    field,
                    error.message().replace("\"" + begun + "\"", "\"" + prefix + "\"")))
        .toList();
  }

  private static List<FieldError> object(ResourceType type, String field, String name) {
    if (PATH_NAMED.contains(type)) {
      return name.contains("/") || name.contains("%")
          ? List.of(FieldError.invalid(field, name, "may not contain '/'"))
          : List.of();
    }
    if (type.equals(ResourceTypes.SERVICES)) {
      return label1035(field, name);
    }
    return type.equals(ResourceTypes.NAMESPACES) ? label(field, name) : subdomain(field, name);
  }

  static List<FieldError> label(String field, String value) {
    // What would be a subdomain has dots.
    boolean dots = !LABEL.matcher(value).matches() && SUBDOMAIN.matcher(value).matches();
    return check(field, value, LABEL, 63, dots ? "must not contain dots" : NOT_LABEL);
  }

  static List<FieldError> label1035(String field, String value) {
    return check(field, value, LABEL_1035, 63, NOT_LABEL_1035);
  }

  static List<FieldError> subdomain(String field, String value) {
    return check(field, value, SUBDOMAIN, 253, NOT_SUBDOMAIN);
  }

  /** A key of a ConfigMap or Secret. */
  static List<FieldError> dataKey(String field, String key) {
    List<FieldError> errors = new ArrayList<>();
    if (key.length() > LONGEST_DATA_KEY) {
      errors.add(FieldError.invalid(field, key, "must be no more than 253 characters"));
    }
    if (!DATA_KEY.matcher(key).matches()) {
      errors.add(FieldError.invalid(field, key, NOT_DATA_KEY));
    }
    if (key.equals(".") || key.equals("..")) {
      errors.add(FieldError.invalid(field, key, "must not be '" + key + "'"));
    } else if (key.startsWith("..")) {
      errors.add(FieldError.invalid(field, key, "must not start with '..'"));
    }
    return errors;
  }

  public static List<FieldError> labelValue(String field, String value) {
    List<FieldError> errors = new ArrayList<>();
    if (value.length() > 63) {
      errors.add(FieldError.invalid(field, value, "must be no more than 63 bytes"));
    }
    if (!value.isEmpty() && !QUALIFIED.matcher(value).matches()) {
      errors.add(FieldError.invalid(field, value, NOT_LABEL_VALUE));
    }
    return errors;
  }

  /** A label's or annotation's key: a name, perhaps after a DNS prefix and a slash. */
  public static List<FieldError> qualified(String field, String key) {
    int slash = key.lastIndexOf('/');
    if (slash != key.indexOf('/')) {
      return List.of(FieldError.invalid(field, key, NOT_LABEL_KEY));
    }
    String name = key.substring(slash + 1);
    List<FieldError> errors = new ArrayList<>();
    if (slash >= 0) {
      String prefix = key.substring(0, slash);
      if (prefix.isEmpty()) {
        errors.add(FieldError.invalid(field, key, "prefix part must be non-empty"));
      } else if (!SUBDOMAIN.matcher(prefix).matches()) {
        errors.add(FieldError.invalid(field, key, "prefix part " + NOT_SUBDOMAIN));
      }
    }
    if (name.isEmpty()) {
      errors.add(FieldError.invalid(field, key, "name part must be non-empty"));
    } else if (name.length() > 63) {
      errors.add(FieldError.invalid(field, key, "name part must be no more than 63 bytes"));
    }
    if (!QUALIFIED.matcher(name).matches()) {
      errors.add(FieldError.invalid(field, key, NOT_QUALIFIED));
    }
    return errors;
  }

  private static List<FieldError> check(
      String field, String value, Pattern pattern, int maximum, String explained) {
    List<FieldError> errors = new ArrayList<>();
    if (value.length() > maximum) {
      errors.add(
          FieldError.invalid(field, value, "must be no more than " + maximum + " characters"));
    }
    if (!pattern.matcher(value).matches()) {
      errors.add(FieldError.invalid(field, value, explained));
    }
    return errors;
  }
}
