package io.flintwheel.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of fields around a spec: a misspelled one would be a job other than was meant. */
final class FieldNames {

  private static final List<String> REQUEST = List.of("jobId", "namespace", "labels", "spec");
  private static final List<String> DATA_OF_REQUEST =
      List.of("jobId", "namespace", "labels", "attempt", "resourceName", "tick", "spec");
  private static final List<String> DATA_OF_CANCEL = List.of("jobId", "reason");
  private static final Set<String> MANIFEST =
      Set.of("apiVersion", "kind", "metadata", "spec", "status");

  /** All that an exported object may have, though a job is made from few of them. */
  private static final Set<String> METADATA =
      Set.of(
          "name",
          "generateName",
          "namespace",
          "labels",
          "annotations",
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "finalizers",
          "generation",
          "managedFields",
          "ownerReferences",
          "resourceVersion",
          "selfLink",
          "uid");

  private static final String SPEC = "spec";
  private static final Pattern LIKE_SPEC =
      Pattern.compile(".?spec|s.?pec|sp.?ec|spe.?c|spec.?|.pec|s.ec|sp.c|spe.|pec|sec|spc|spe");

  private FieldNames() {}

  /** What a request may not have; as strict as HTTP, and in its words. */
  static List<Problem> unknownInRequest(JsonNode request) {
    return others(request, "", REQUEST, "unknown field", oneOf(REQUEST));
  }

  /**
   * What nobody reads in a CloudEvent's data. It is no mistake by itself: readers of events are
   * tolerant, so that a newer publisher can write to them.
   */
  static List<Problem> uselessInData(JobMessage command, JsonNode data) {
    List<String> known = command instanceof JobRequested ? DATA_OF_REQUEST : DATA_OF_CANCEL;
    return useless(data, "data.", known, oneOf(known));
  }

  /**
   * The field that was meant to be the spec, where there is none: what is said of a spec that is
   * missing, or of a document that is taken for one, does not lead there.
   *
   * @param parent what its path starts with, such as {@code data.}; may be empty
   */
  static Optional<Problem> misspelledSpec(JsonNode object, String parent) {
    if (object.has(SPEC)) {
      return Optional.empty();
    }
    return object.properties().stream()
        .filter(field -> field.getValue().isObject() && isLikeSpec(field.getKey()))
        .map(
            field ->
                new Problem(parent + field.getKey(), "unknown field", "perhaps 'spec' is meant"))
        .findFirst();
  }

  /** In other letters, in another order, or with one letter too many, too few or wrong. */
  private static boolean isLikeSpec(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return LIKE_SPEC.matcher(lower).matches() || sorted(lower).equals(sorted(SPEC));
  }

  private static String sorted(String text) {
    char[] letters = text.toCharArray();
    Arrays.sort(letters);
    return String.valueOf(letters);
  }

  private static String oneOf(List<String> names) {
    return "one of " + String.join(", ", names);
  }

  /** What nobody reads around a manifest's spec; inside of it, the same is a warning too. */
  static List<Problem> uselessInManifest(JsonNode manifest) {
    List<Problem> useless =
        new ArrayList<>(useless(manifest, "", MANIFEST, "one of apiVersion, kind, metadata, spec"));
    useless.addAll(
        useless(
            manifest.path("metadata"),
            "metadata.",
            METADATA,
            "one of name, generateName, namespace, labels"));
    return useless;
  }

  private static List<Problem> useless(
      JsonNode object, String parent, Collection<String> known, String expected) {
    return others(object, parent, known, "unknown field, it has no effect", expected);
  }

  private static List<Problem> others(
      JsonNode object, String parent, Collection<String> known, String message, String expected) {
    List<Problem> others = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                others.add(new Problem(parent + name, message, expected));
              }
            });
    return others;
  }
}
