package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.review.Reviewers;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesExecutorConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.deploy.k8s.features.BasicExecutorFeatureStep;
import org.apache.spark.internal.config.package$;
import org.apache.spark.resource.ResourceProfile$;
import org.junit.jupiter.api.Test;
import scala.Option;

/** What executors get, by the step of Spark's driver that makes their container. */
class ExecutorPodTest {

  @Test
  void variablesOfTheJobReferToThoseOfSparkAndReplaceThem() throws Exception {
    DriverResources built =
        new SparkDriverBuilder()
            .build(
                Reviewers.admitted(
                    Requests.ofYaml(
                        Files.readString(
                            Path.of(
                                "src/test/resources/drivers/executor-env-of-spark/in-request.yaml")))));

    Map<String, String> env = expanded(executorOf(built.configMap().getData()));

    String app = Objects.requireNonNull(env.get("SPARK_APPLICATION_ID"));
    assertThat(app).isNotBlank();
    assertThat(env)
        .containsEntry("PLAIN", "plain")
        .containsEntry("MINE", "/data/" + app + "/7")
        .containsEntry("BELOW", "/data/" + app + "/7/plain")
        .containsEntry("SPARK_CONF_DIR", "/my/conf")
        .containsEntry("ESCAPED", "$(SPARK_EXECUTOR_ID)");
  }

  @Test
  void variablesOfSparkStandWhereTheyAreTakenToStand() throws Exception {
    Map<String, String> conf =
        Map.of(
            "spark.ui.custom.executor.log.url", "http://logs",
            "spark.executor.extraClassPath", "/x",
            "spark.executorEnv.MINE", "x");

    List<String> names = executor(conf, new Pod()).getEnv().stream().map(EnvVar::getName).toList();

    int mine = names.indexOf("MINE");
    assertThat(names.subList(0, mine))
        .containsExactlyInAnyOrderElementsOf(ExecutorVariables.beforeTheJobs(conf));
    assertThat(names.subList(mine + 1, names.size()))
        .contains("SPARK_CLASSPATH", "SPARK_EXECUTOR_POD_IP", "SPARK_EXECUTOR_POD_NAME")
        .allMatch(name -> ExecutorVariables.insteadOfLast(name, conf).isPresent());
  }

  private static Container executorOf(Map<String, String> files) throws Exception {
    Properties properties = new Properties();
    properties.load(new StringReader(files.get(DriverPod.PROPERTIES_FILE)));
    Pod template =
        new KubernetesSerialization().unmarshal(files.get(ExecutorTemplate.KEY), Pod.class);
    Map<String, String> entries = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> entries.put(key, properties.getProperty(key)));
    return executor(entries, template);
  }

  private static Container executor(Map<String, String> entries, Pod template) {
    SparkConf conf = new SparkConf(false);
    conf.set("spark.app.id", "spark-1").set("spark.kubernetes.container.image", "spark");
    conf.set("spark.kubernetes.executor.podNamePrefix", "etl");
    entries.forEach(conf::set);
    Container container =
        template.getSpec() == null ? new Container() : template.getSpec().getContainers().get(0);
    conf.set("spark.driver.host", "driver").set("spark.driver.port", "7078");
    return new BasicExecutorFeatureStep(
            new KubernetesExecutorConf(
                conf,
                conf.get("spark.app.id"),
                "7",
                Option.empty(),
                ResourceProfile$.MODULE$.DEFAULT_RESOURCE_PROFILE_ID()),
            new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE_EXECUTOR()),
            ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf))
        .configurePod(new SparkPod(template, container))
        .container();
  }

  /** As the kubelet does: in order, each may refer to those before it. */
  private static Map<String, String> expanded(Container container) {
    Map<String, String> env = new HashMap<>();
    for (EnvVar variable : container.getEnv()) {
      if (variable.getValue() != null) {
        String value =
            VariableText.rewrite(
                    variable.getValue(),
                    name -> env.getOrDefault(name, VariableText.reference(name)),
                    1000)
                .orElseThrow();
        env.put(variable.getName(), value.replace("$$", "$"));
      }
    }
    return env;
  }
}
