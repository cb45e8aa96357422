package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.review.Reviewers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.KubernetesDriverSpec;
import org.apache.spark.deploy.k8s.submit.JavaMainAppResource;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.util.SystemClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark builds for us is what it builds for spark-submit, but for names and the version label.
 * What we add afterwards is in the golden files.
 */
class StockParityTest {

  @ParameterizedTest
  @ValueSource(strings = {"spark-pi", "env-and-security-context", "labels-and-schedule"})
  void buildsWhatSparkSubmitBuilds(String name) throws Exception {
    DriverRequest request =
        Reviewers.admitted(
            Requests.ofYaml(
                Files.readString(Path.of("src/test/resources/drivers", name, "in-request.yaml"))));
    Map<String, String> entries = ConfEntries.of(request);
    AttemptDriverConf ours =
        new AttemptDriverConf(
            IsolatedSparkConf.of(entries), request.identity(), request.application());
    entries.remove(ConfEntries.EXCLUDED_STEPS);
    KubernetesDriverConf stock =
        new KubernetesDriverConf(
            IsolatedSparkConf.of(entries),
            request.identity().applicationId(),
            new JavaMainAppResource(Option.apply(request.application().mainFile())),
            request.application().mainClass(),
            request.application().arguments().toArray(String[]::new),
            Option.empty(),
            new SystemClock());

    KubernetesDriverSpec built = new KubernetesDriverBuilder().buildFromFeatures(ours, null);

    KubernetesDriverSpec expected = new KubernetesDriverBuilder().buildFromFeatures(stock, null);
    assertThat(text(built))
        .isEqualTo(
            text(expected)
                .replace(stock.resourceNamePrefix(), request.identity().prefix())
                .replace(
                    "spark-version: \"4.1.1\"",
                    "spark-version: \"" + request.application().sparkVersion() + "\""));
  }

  private static String text(KubernetesDriverSpec spec) {
    KubernetesSerialization yaml = new KubernetesSerialization();
    Map<String, String> properties =
        new TreeMap<>(CollectionConverters.asJava(spec.systemProperties()));
    properties.remove(ConfEntries.EXCLUDED_STEPS);
    StringBuilder text = new StringBuilder(yaml.asYaml(spec.pod().pod()));
    text.append(yaml.asYaml(spec.pod().container()));
    CollectionConverters.asJava(spec.driverKubernetesResources())
        .forEach(resource -> text.append(yaml.asYaml(resource)));
    return text.append(properties).toString();
  }
}
