package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What the tests do with an installation, in their words. */
final class Flintwheel implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final FlintwheelInstallation installation;
  private final JobPublisher publisher;
  private final JobsOverHttp jobs;

  Flintwheel(FlintwheelInstallation installation) {
    this.installation = installation;
    this.publisher = new JobPublisher(installation.kafka().bootstrapServers(), Clock.systemUTC());
    this.jobs = new JobsOverHttp(http(FlintwheelService.STATUS));
  }

  FlintwheelInstallation installation() {
    return installation;
  }

  JobPublisher publisher() {
    return publisher;
  }

  JobsOverHttp jobs() {
    return jobs;
  }

  ServiceHttp http(FlintwheelService service) {
    return installation.service(service).http();
  }

  /** A name that no earlier run on the same cluster had. */
  JobId newJobId(String name) {
    return new JobId(name + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** Publishes a request and waits for its success. */
  JobId runToEnd(String name, JobSpec spec) {
    JobId jobId = newJobId(name);
    publisher.request(jobId, spec);
    jobs.awaitState(jobId, JobState.SUCCEEDED);
    return jobId;
  }

  /** The driver pods of a job, asked of the API server itself. */
  List<Pod> drivers(JobId jobId) {
    return installation
        .cluster()
        .administrator()
        .pods()
        .inNamespace("default")
        .withLabel(JobLabels.JOB_ID, jobId.value())
        .withLabel(JobLabels.SPARK_ROLE, "driver")
        .list()
        .getItems();
  }

  /** The names of the ConfigMaps and Services that belong to a job's driver. */
  List<String> driverParts(JobId jobId) {
    KubernetesClient client = installation.cluster().administrator();
    return Stream.concat(
            client
                .configMaps()
                .inNamespace("default")
                .withLabel(JobLabels.JOB_ID, jobId.value())
                .list()
                .getItems()
                .stream(),
            client
                .services()
                .inNamespace("default")
                .withLabel(JobLabels.JOB_ID, jobId.value())
                .list()
                .getItems()
                .stream())
        .map(part -> part.getMetadata().getName())
        .toList();
  }

  void awaitDriverPhase(JobId jobId, String phase) {
    Awaitility.await("the driver of " + jobId + " is " + phase)
        .atMost(LIMIT)
        .until(
            () ->
                drivers(jobId).stream()
                    .anyMatch(driver -> driver.getStatus().getPhase().equals(phase)));
  }

  void awaitTime(Instant time) {
    awaitUntil(time.toString(), () -> Instant.now().isAfter(time));
  }

  void awaitUntil(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition);
  }

  /** The types of the events that ended a job; one, however often it was told. */
  List<String> ends(JobId jobId) {
    return jobs.eventTypes(jobId).stream()
        .filter(
            type -> type.matches(".*[.](succeeded|failed|cancelled|timed-out|lost|rejected)[.]v1"))
        .filter(type -> !type.contains(".executor."))
        .toList();
  }

  /** Cancels a job that a test has no more use for. */
  void discard(JobId jobId) {
    publisher.cancel(jobId, "the test is over");
  }

  void awaitDriver(JobId jobId) {
    Awaitility.await("a driver pod of " + jobId)
        .atMost(LIMIT)
        .until(() -> !drivers(jobId).isEmpty());
  }

  ServiceHttp.Answer createSchedule(String id, String every, JobSpec job) {
    return http(FlintwheelService.SCHEDULER)
        .post(
            "/api/v1/schedules",
            """
            {"id": "%s", "specs": [{"every": "%s"}], "job": {"spec": %s}}
            """
                .formatted(id, every, job.json()));
  }

  void createOneShot(String id, Instant at, JobSpec job) {
    ServiceHttp.Answer answer =
        http(FlintwheelService.SCHEDULER)
            .post(
                "/api/v1/schedules",
                """
                {"id": "%s", "specs": [{"at": "%s"}], "job": {"spec": %s}}
                """
                    .formatted(id, at.truncatedTo(ChronoUnit.SECONDS), job.json()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  ServiceHttp.Answer pauseSchedule(String id) {
    return http(FlintwheelService.SCHEDULER).post("/api/v1/schedules/" + id + "/pause", "");
  }

  /** The first job of a schedule, once it is in this state. */
  JsonNode awaitJobOfSchedule(String schedule, JobState state) {
    Awaitility.await("a job of schedule " + schedule)
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(jobsOfSchedule(schedule))
                    .as(() -> "ticks of the schedule: " + ticks(schedule))
                    .isNotEmpty());
    String jobId = jobsOfSchedule(schedule).get(0);
    return jobs.awaitState(new JobId(jobId), state);
  }

  /** What the scheduler tells of a schedule's ticks. */
  String ticks(String schedule) {
    return http(FlintwheelService.SCHEDULER).get("/api/v1/schedules/" + schedule + "/ticks").body();
  }

  /** The ids of the jobs that the status service knows of a schedule. */
  List<String> jobsOfSchedule(String schedule) {
    return http(FlintwheelService.STATUS)
        .get("/api/v1/jobs?limit=100&schedule=" + schedule)
        .json()
        .findValuesAsText("jobId");
  }

  @Override
  public void close() {
    publisher.close();
    installation.close();
  }
}
