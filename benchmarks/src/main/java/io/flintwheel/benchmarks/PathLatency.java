package io.flintwheel.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.flintwheel.endtoend.FlintwheelInstallation;
import io.flintwheel.endtoend.FlintwheelService;
import io.flintwheel.endtoend.Installations;
import io.flintwheel.endtoend.JobPublisher;
import io.flintwheel.endtoend.JobsOverHttp;
import io.flintwheel.endtoend.SparkSpecs;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * How long the path takes on the cluster of KUBECONFIG, which should have no node: an event
 * published until its driver pod exists, and a change of that pod until HTTP tells it.
 *
 * <p>Beside it, in the same run, what a client pays that creates the same three objects itself.
 */
public final class PathLatency {

  private static final int WARM_UP = 20;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofMillis(2);

  private final FlintwheelInstallation installation;
  private final KubernetesClient client;
  private final JobPublisher publisher;
  private final JobsOverHttp jobs;

  private PathLatency(FlintwheelInstallation installation) {
    this.installation = installation;
    this.client = installation.cluster().administrator();
    this.publisher = new JobPublisher(installation.kafka().bootstrapServers(), Clock.systemUTC());
    this.jobs = new JobsOverHttp(installation.service(FlintwheelService.STATUS).http());
  }

  /** Takes the number of jobs; 200 when left out. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    Path root = Path.of(System.getProperty("flintwheel.root", "."));
    Path directory = root.resolve("benchmarks/target/path-latency");
    try (FlintwheelInstallation installation = Installations.onCluster(root, directory).start()) {
      new PathLatency(installation).measure(count);
    }
  }

  private void measure(int count) {
    try (DriverPods drivers = new DriverPods(client)) {
      oneByOne("warm-up", WARM_UP, drivers, new Latencies(), this::awaitTold);
      Latencies creation = new Latencies();
      List<JobId> created = oneByOne("paced", count, drivers, creation, this::awaitTold);
      Latencies backToBack = new Latencies();
      oneByOne("next", count, drivers, backToBack, jobId -> {});
      Latencies visible = visibility(created);
      Latencies plain = new PlainClient(client).createOneByOne(count);
      double perSecond = burst(count, drivers);
      System.out.println(Latencies.header());
      System.out.println(creation.row("event published -> driver pod exists"));
      System.out.println(backToBack.row("the same, the one before still being told"));
      System.out.println(plain.row("plain client creates pod, ConfigMap, Service"));
      System.out.println(visible.row("pod Running -> RUNNING over HTTP"));
      System.out.printf(
          Locale.ROOT, "%nburst of %d requests: %.1f driver pods/s%n", count, perSecond);
    } finally {
      clear();
      publisher.close();
    }
  }

  /**
   * Publishes one request after another.
   *
   * @param pause what else is waited for before the next one, beside the driver's existence
   */
  private List<JobId> oneByOne(
      String name, int count, DriverPods drivers, Latencies latencies, Consumer<JobId> pause) {
    List<JobId> created = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      JobId jobId = jobId(name, n);
      long published = System.nanoTime();
      publisher.request(jobId, SparkSpecs.waiting());
      latencies.add(Duration.ofNanos(drivers.awaitSeen(jobId) - published));
      created.add(jobId);
      pause.accept(jobId);
    }
    return created;
  }

  /** Then nothing of the job is under way any more. */
  private void awaitTold(JobId jobId) {
    jobs.await(jobId, "pending", job -> JobsOverHttp.state(job) == JobState.PENDING);
  }

  private double burst(int count, DriverPods drivers) {
    List<JobId> burst = new ArrayList<>();
    long start = System.nanoTime();
    for (int n = 0; n < count; n++) {
      burst.add(jobId("burst", n));
      publisher.request(burst.get(n), SparkSpecs.waiting());
    }
    long last = burst.stream().mapToLong(drivers::awaitSeen).max().orElseThrow();
    return count / ((last - start) / 1e9);
  }

  /** Says that each pod runs, as its node would, and waits until the status service says so too. */
  private Latencies visibility(List<JobId> created) {
    Latencies latencies = new Latencies();
    for (JobId jobId : created) {
      awaitTold(jobId);
      Pod driver = driver(jobId);
      long patched = System.nanoTime();
      client.resource(running(driver)).patchStatus();
      Awaitility.await(jobId + " is told to run")
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(INTERVAL)
          .until(
              () ->
                  jobs.find(jobId)
                      .filter(job -> JobsOverHttp.state(job) == JobState.RUNNING)
                      .isPresent());
      latencies.add(Duration.ofNanos(System.nanoTime() - patched));
    }
    return latencies;
  }

  private Pod driver(JobId jobId) {
    return client
        .pods()
        .inNamespace("default")
        .withLabel(JobLabels.JOB_ID, jobId.value())
        .list()
        .getItems()
        .get(0);
  }

  private static Pod running(Pod driver) {
    String container = driver.getSpec().getContainers().get(0).getName();
    return new PodBuilder(driver)
        .editStatus()
        .withPhase("Running")
        .withStartTime(driver.getMetadata().getCreationTimestamp())
        .withPodIP("127.10.0.9")
        .addNewContainerStatus()
        .withName(container)
        .withImage(driver.getSpec().getContainers().get(0).getImage())
        .withImageID("")
        .withReady(true)
        .withRestartCount(0)
        .withNewState()
        .withNewRunning()
        .withStartedAt(driver.getMetadata().getCreationTimestamp())
        .endRunning()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private void clear() {
    client
        .pods()
        .inNamespace("default")
        .withLabel(JobLabels.MANAGED_BY, JobLabels.MANAGED_BY_VALUE)
        .withGracePeriod(0)
        .delete();
    installation.service(FlintwheelService.SUBMITTER).close();
  }

  private static JobId jobId(String name, int n) {
    return new JobId(name + "-" + n + "-" + UUID.randomUUID().toString().substring(0, 8));
  }
}
