package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that one volume is to show, each with who may do what with it. */
final class VolumeFiles {

  /** What the API server fills in when nobody says. */
  private static final int DEFAULT_MODE = 0644;

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, Integer> modes = new HashMap<>();
  private final int defaultMode;

  /**
   * @param defaultMode of files that name none of their own
   */
  VolumeFiles(@Nullable Integer defaultMode) {
    this.defaultMode = defaultMode == null ? DEFAULT_MODE : defaultMode;
  }

  /**
   * Adds a file; the last one of a path counts.
   *
   * @param path below the volume
   * @param mode as of chmod
   */
  void add(String path, byte[] bytes, @Nullable Integer mode) {
    contents.put(path, bytes);
    modes.put(path, mode == null ? defaultMode : mode);
  }

  void writeTo(Path place) throws IOException, CannotStart {
    for (var file : contents.entrySet()) {
      Path path = place.resolve(file.getKey()).normalize();
      if (!path.startsWith(place)) {
        throw CannotStart.unsupported("a volume's file leaves its directory: " + file.getKey());
      }
      ReplacedFile.write(path, file.getValue(), modes.getOrDefault(file.getKey(), defaultMode));
    }
  }
}
