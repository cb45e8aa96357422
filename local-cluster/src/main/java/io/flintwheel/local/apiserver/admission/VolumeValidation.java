package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks of a pod's volumes. */
final class VolumeValidation {

  /** In the order in which the real server looks at them. */
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "secret",
          "nfs",
          "persistentVolumeClaim",
          "downwardAPI",
          "configMap",
          "projected",
          "csi",
          "ephemeral",
          "image");

  private static final String[] HOST_PATHS = {
    "",
    "BlockDevice",
    "CharDevice",
    "Directory",
    "DirectoryOrCreate",
    "File",
    "FileOrCreate",
    "Socket"
  };

  private VolumeValidation() {}

  /**
   * Checks all volumes.
   *
   * @return the names of those that can be mounted
   */
  static Set<String> check(JsonNode volumes, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode volume : volumes) {
      String at = "spec.volumes[" + index++ + "]";
      List<FieldError> found = new ArrayList<>();
      sources(volume, at, found);
      String name = Json.textOrEmpty(volume, "name");
      if (name.isEmpty()) {
        found.add(FieldError.required(at + ".name", ""));
      } else {
        found.addAll(Names.label(at + ".name", name));
      }
      if (names.contains(name)) {
        found.add(FieldError.duplicate(at + ".name", name));
      }
      if (found.isEmpty()) {
        names.add(name);
      }
      errors.addAll(found);
    }
    return names;
  }

  private static void sources(JsonNode volume, String at, List<FieldError> errors) {
    boolean first = true;
    for (String source : SOURCES) {
      JsonNode present = volume.path(source);
      if (!present.isObject()) {
        continue;
      }
      String field = at + "." + source;
      if (first) {
        source(source, present, field, errors);
      } else {
        errors.add(FieldError.forbidden(field, "may not specify more than 1 volume type"));
      }
      first = false;
    }
  }

  private static void source(String source, JsonNode volume, String at, List<FieldError> errors) {
    switch (source) {
      case "emptyDir" -> emptyDirectory(volume, at, errors);
      case "hostPath" -> hostPath(volume, at, errors);
      case "nfs" -> networkFiles(volume, at, errors);
      case "persistentVolumeClaim" -> required(volume, "claimName", at, errors);
      case "secret" -> keys(volume, "secretName", at, errors);
      case "configMap" -> keys(volume, "name", at, errors);
      case "downwardAPI" -> {
        ProjectionValidation.mode(volume, "defaultMode", at, errors);
        ProjectionValidation.fields(volume, at, errors);
      }
      case "projected" -> ProjectionValidation.check(volume, at, errors);
      default -> {
        // The node refuses it, whatever it says.
      }
    }
  }

  private static void emptyDirectory(JsonNode volume, String at, List<FieldError> errors) {
    if (Amount.parse(Json.textOrEmpty(volume, "sizeLimit")).signum() < 0) {
      errors.add(
          FieldError.forbidden(
              at + ".sizeLimit", "SizeLimit field must be a valid resource quantity"));
    }
  }

  private static void hostPath(JsonNode volume, String at, List<FieldError> errors) {
    String path = Json.textOrEmpty(volume, "path");
    if (path.isEmpty()) {
      errors.add(FieldError.required(at + ".path", ""));
      return;
    }
    ProjectionValidation.noStepsBack(path, at + ".path", errors);
    String type = Json.textOrEmpty(volume, "type");
    if (!List.of(HOST_PATHS).contains(type)) {
      errors.add(FieldError.unsupported(at + ".type", type, HOST_PATHS));
    }
  }

  private static void networkFiles(JsonNode volume, String at, List<FieldError> errors) {
    required(volume, "server", at, errors);
    required(volume, "path", at, errors);
    String path = Json.textOrEmpty(volume, "path");
    if (!path.startsWith("/")) {
      errors.add(FieldError.invalid(at + ".path", path, "must be an absolute path"));
    }
  }

  private static void keys(JsonNode volume, String name, String at, List<FieldError> errors) {
    required(volume, name, at, errors);
    ProjectionValidation.mode(volume, "defaultMode", at, errors);
    ProjectionValidation.items(volume, at, errors);
  }

  private static void required(JsonNode volume, String field, String at, List<FieldError> errors) {
    if (Json.textOrEmpty(volume, field).isEmpty()) {
      errors.add(FieldError.required(at + "." + field, ""));
    }
  }
}
