package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.review.RequestAnnotation;
import io.flintwheel.submitter.review.Reviewers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each directory under {@code drivers/} holds a request and what is made of it.
 *
 * <p>After a wanted change: {@code mvn ... -Dflintwheel.golden=write}, and read the difference.
 */
class DriverBuilderGoldenTest {

  private static final Path DRIVERS = Path.of("src/test/resources/drivers");

  @ParameterizedTest
  @MethodSource("requests")
  void buildsTheObjectsOfTheRequest(Path directory) throws Exception {
    var event = Requests.ofYaml(Files.readString(directory.resolve("in-request.yaml")));

    DriverResources built = new SparkDriverBuilder().build(Reviewers.admitted(event));

    assertThat(RequestAnnotation.decode(annotation(built))).contains(event);
    String actual = yaml(built);
    Path golden = directory.resolve("out-objects.yaml");
    if ("write".equals(System.getProperty("flintwheel.golden"))) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void buildsTheSameObjectsAgain(Path directory) throws Exception {
    var event = Requests.ofYaml(Files.readString(directory.resolve("in-request.yaml")));
    DriverResources first = new SparkDriverBuilder().build(Reviewers.admitted(event));

    DriverResources second = new SparkDriverBuilder().build(Reviewers.admitted(event));

    assertThat(second).isEqualTo(first);
  }

  static List<Path> requests() throws IOException {
    try (Stream<Path> directories = Files.list(DRIVERS)) {
      return directories.sorted().toList();
    }
  }

  private static String annotation(DriverResources built) {
    return built.pod().getMetadata().getAnnotations().get(JobLabels.REQUEST);
  }

  /** Without the compressed request, whose bytes are the JDK's business. */
  private static String yaml(DriverResources built) {
    built.pod().getMetadata().getAnnotations().put(JobLabels.REQUEST, "...");
    List<Object> objects = new ArrayList<>(List.of(built.pod(), built.configMap()));
    objects.addAll(built.services());
    StringBuilder text = new StringBuilder();
    objects.forEach(object -> text.append(new KubernetesSerialization().asYaml(object)));
    return text.toString();
  }
}
