package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathMappingTest {

  private final PathMapping paths =
      new PathMapping(
          Map.of(
              "/opt/spark", Path.of("/srv/image"),
              "/opt/spark/conf", Path.of("/pods/1/conf"),
              "/opt/spark/user", Path.of("/home/me/jars")));

  @Test
  void mapsAMountedDirectoryAndWhatLiesInIt() {
    String mapped = paths.map("/opt/spark/conf/spark.properties");

    assertThat(mapped).isEqualTo("/pods/1/conf/spark.properties");
  }

  @Test
  void prefersTheLongerOfTwoMounts() {
    String mapped = paths.map("/opt/spark/jars:/opt/spark/user/a.jar");

    assertThat(mapped).isEqualTo("/srv/image/jars:/home/me/jars/a.jar");
  }

  @Test
  void mapsPathsInsideUrlsAndOptions() {
    String mapped = paths.map("-Dx=/opt/spark,local:///opt/spark/examples/jars/e.jar");

    assertThat(mapped).isEqualTo("-Dx=/srv/image,local:///srv/image/examples/jars/e.jar");
  }

  @Test
  void leavesNamesAloneThatOnlyBeginOrEndLikeAMount() {
    String mapped = paths.map("/opt/spark-3 /opt/sparkle /data/opt/spark /opt/spark.old");

    assertThat(mapped).isEqualTo("/opt/spark-3 /opt/sparkle /data/opt/spark /opt/spark.old");
  }

  @Test
  void mapsAPathAtTheEndOfASentence() {
    String mapped = paths.map("see /opt/spark.");

    assertThat(mapped).isEqualTo("see /srv/image.");
  }

  @Test
  void keepsDollarsAndBackslashesOfPlaces() {
    var odd = new PathMapping(Map.of("/data", Path.of("/a$1/b")));

    String mapped = odd.map("/data/x");

    assertThat(mapped).isEqualTo("/a$1/b/x");
  }

  @Test
  void leavesTextAloneWithoutMounts() {
    var none = new PathMapping(Map.of());

    String mapped = none.map("/opt/spark");

    assertThat(mapped).isEqualTo("/opt/spark");
  }
}
