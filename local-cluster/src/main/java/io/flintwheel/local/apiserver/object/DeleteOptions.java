package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How something is to be deleted.
 *
 * @param gracePeriodSeconds empty for the type's own
 * @param uid what the object's uid must be, or null
 * @param resourceVersion what the object's version must be, or null
 */
public record DeleteOptions(
    OptionalLong gracePeriodSeconds,
    Propagation propagation,
    @Nullable String uid,
    @Nullable String resourceVersion,
    boolean dryRun) {

  /** What becomes of the objects that the deleted one owns. */
  public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN;

    static Propagation of(@Nullable String text, boolean orphanDependents) {
      if (text == null) {
        return orphanDependents ? ORPHAN : BACKGROUND;
      }
      return switch (text) {
        case "Foreground" -> FOREGROUND;
        case "Orphan" -> ORPHAN;
        default -> BACKGROUND;
      };
    }
  }

  public static final DeleteOptions NOW =
      new DeleteOptions(OptionalLong.of(0), Propagation.BACKGROUND, null, null, false);

  public static final DeleteOptions GRACEFUL =
      new DeleteOptions(OptionalLong.empty(), Propagation.BACKGROUND, null, null, false);

  public static final DeleteOptions FOREGROUND =
      new DeleteOptions(OptionalLong.empty(), Propagation.FOREGROUND, null, null, false);

  /**
   * Reads the body of a DELETE, or what its query says instead.
   *
   * @param body a missing node when there is none
   * @throws ApiFailure 400 for a grace period that is no number
   */
  public static DeleteOptions of(JsonNode body, Map<String, String> parameters) {
    Map<String, String> query = body.isMissingNode() ? parameters : Map.of();
    String grace = Json.text(body, "gracePeriodSeconds");
    if (grace == null) {
      grace = query.get("gracePeriodSeconds");
    }
    String propagation = Json.text(body, "propagationPolicy");
    if (propagation == null) {
      propagation = query.get("propagationPolicy");
    }
    boolean orphan =
        body.path("orphanDependents").asBoolean() || "true".equals(query.get("orphanDependents"));
    boolean dryRun = !body.path("dryRun").isEmpty() || "All".equals(query.get("dryRun"));
    return new DeleteOptions(
        grace == null ? OptionalLong.empty() : OptionalLong.of(seconds(grace)),
        Propagation.of(propagation, orphan),
        Json.text(body, "preconditions", "uid"),
        Json.text(body, "preconditions", "resourceVersion"),
        dryRun);
  }

  private static long seconds(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiFailure.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
  }
}
