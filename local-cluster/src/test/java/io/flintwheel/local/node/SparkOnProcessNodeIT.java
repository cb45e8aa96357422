package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class SparkOnProcessNodeIT {

  /** A busy machine takes its time; nothing here is measured. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private static Path directory;
  private static NodeCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = NodeCluster.start(directory);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void runsADriverWithTwoExecutorsToItsEnd() {
    SparkJob job = job("pi", "org.apache.spark.examples.SparkPi", "10", Map.of());
    Set<String> executors = ConcurrentHashMap.newKeySet();

    submit(job);

    Pod driver = awaitEnd(job, executors);
    assertThat(driver.getStatus().getPhase())
        .as("phase; the log is\n%s", cluster.log(job.driverName()))
        .isEqualTo("Succeeded");
    assertThat(cluster.log(job.driverName())).contains("Pi is roughly 3.14");
    assertThat(executors).hasSizeGreaterThanOrEqualTo(2);
    Awaitility.await().atMost(PATIENCE).until(() -> executorsOf(job).isEmpty());
  }

  @Test
  void givesDriverAndExecutorsTheVolumesOfTheirConfiguration() {
    SparkJob job =
        job(
            "volumes",
            "org.apache.spark.examples.SparkPi",
            "4",
            Map.of(
                "spark.kubernetes.driver.volumes.emptyDir.scratch.mount.path",
                "/tmp/scratch",
                "spark.kubernetes.executor.volumes.emptyDir.spark-local-dir-1.mount.path",
                "/var/data/spark-local"));
    Set<String> executors = ConcurrentHashMap.newKeySet();

    submit(job);

    Pod driver = awaitEnd(job, executors);
    assertThat(driver.getStatus().getPhase())
        .as("phase; the log is\n%s", cluster.log(job.driverName()))
        .isEqualTo("Succeeded");
    assertThat(executors).hasSize(2);
  }

  @Test
  void showsTheExceptionOfADriverThatFails() {
    SparkJob job =
        job(
            "broken",
            "io.flintwheel.examples.Throw",
            "out-of-luck",
            Map.of("spark.kubernetes.driver.master", "local[1]"));

    submit(job);

    Pod driver = awaitEnd(job, ConcurrentHashMap.newKeySet());
    ContainerStateTerminated end =
        driver.getStatus().getContainerStatuses().get(0).getState().getTerminated();
    assertThat(driver.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(end.getExitCode()).isEqualTo(1);
    assertThat(end.getMessage()).contains("out-of-luck");
  }

  private static SparkJob job(
      String name, String mainClass, String argument, Map<String, String> conf) {
    return new SparkJob(cluster.namespace(), name, cluster.nodeName(), mainClass, argument, conf);
  }

  private static void submit(SparkJob job) {
    Pod driver = cluster.create(job.driver());
    cluster.client().resource(job.configMap(driver)).create();
  }

  private static Pod awaitEnd(SparkJob job, Set<String> executors) {
    return Awaitility.await(job.driverName() + " ends")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              executors.addAll(executorsOf(job));
              return cluster.get(job.driverName());
            },
            pod ->
                pod != null && Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()));
  }

  private static Set<String> executorsOf(SparkJob job) {
    Set<String> names = ConcurrentHashMap.newKeySet();
    cluster
        .client()
        .pods()
        .inNamespace(job.namespace())
        .withLabel("spark-role", "executor")
        .withLabel("spark-app-selector", "spark-" + job.name())
        .list()
        .getItems()
        .forEach(pod -> names.add(pod.getMetadata().getName()));
    return names;
  }
}
