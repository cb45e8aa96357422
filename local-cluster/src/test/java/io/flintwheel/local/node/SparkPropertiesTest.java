package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkPropertiesTest {

  private static final String WRITTEN_BY_SPARK =
      """
      #Java properties built from Kubernetes config map with name: pi-conf
      spark.jars=local\\:///opt/spark/examples/jars/spark-examples.jar
      spark.master=k8s\\://https\\://kubernetes.default.svc
      spark.driver.host=pi-driver-svc.default.svc
      spark.app.name=a\\ b
      """;

  private final PathMapping paths = new PathMapping(Map.of("/opt/spark", Path.of("/srv/image")));

  @Test
  void mapsPathsThatSparkWroteWithEscapes() {
    SparkProperties mapped =
        SparkProperties.parse(WRITTEN_BY_SPARK).forProcess(paths::map, "127.10.0.2");

    assertThat(mapped.value("spark.jars"))
        .contains("local:///srv/image/examples/jars/spark-examples.jar");
  }

  @Test
  void namesTheDriverByItsAddress() {
    SparkProperties mapped =
        SparkProperties.parse(WRITTEN_BY_SPARK).forProcess(paths::map, "127.10.0.2");

    assertThat(mapped.value("spark.driver.host")).contains("127.10.0.2");
  }

  @Test
  void keepsADriverHostThatIsNoServiceName() {
    SparkProperties mapped =
        SparkProperties.parse("spark.driver.host=10.0.0.9").forProcess(paths::map, "127.10.0.2");

    assertThat(mapped.value("spark.driver.host")).contains("10.0.0.9");
  }

  @Test
  void leavesAloneWhereExecutorsMountSomething() {
    String key = "spark.kubernetes.executor.volumes.emptyDir.data.mount.path";
    var properties = new SparkProperties(Map.of(key, "/opt/spark/data"));

    SparkProperties mapped = properties.forProcess(paths::map, "127.10.0.2");

    assertThat(mapped.value(key)).contains("/opt/spark/data");
  }

  @Test
  void writesWhatItReads() {
    SparkProperties read = SparkProperties.parse(WRITTEN_BY_SPARK);

    SparkProperties again = SparkProperties.parse(read.format());

    assertThat(again).isEqualTo(read);
  }

  @Test
  void writesEqualPropertiesAlikeAndWithoutADate() {
    String written = new SparkProperties(Map.of("b", "local:///x", "a", "1")).format();

    assertThat(written).isEqualTo("a=1\nb=local\\:///x\n");
  }
}
