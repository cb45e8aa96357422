package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainPathIT {

  @TempDir Path directory;

  @Test
  void leavesAnOrdinaryPathAlone() {
    Path plain = PlainPath.of(Path.of("/home/ann/flintwheel"), Map.of());

    assertThat(plain).isEqualTo(Path.of("/home/ann/flintwheel"));
  }

  @Test
  void linksToAPathWithABlankAndKeepsTheLink() throws Exception {
    Path awkward = Files.createDirectory(directory.resolve("my code"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", directory.toString());

    Path plain = PlainPath.of(awkward, environment);

    assertThat(plain.toString()).doesNotContain(" ");
    assertThat(plain.toRealPath()).isEqualTo(awkward.toRealPath());
    assertThat(PlainPath.of(awkward, environment)).isEqualTo(plain);
  }
}
