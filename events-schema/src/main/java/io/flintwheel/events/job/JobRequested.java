package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flintwheel.events.schedule.TickRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Run this job, or this attempt of it.
 *
 * @param jobId chosen by the publisher, or derived from the event's source and id
 * @param namespace where the pods are made; {@code default} when not given
 * @param labels put on the pods and searchable at the status service; keys of Flintwheel and Spark
 *     themselves ({@link JobLabels#isReserved}) are refused
 * @param attempt the n-th driver pod of the job, from 1; 1 when not given
 * @param resourceName what the pods' names start with, by the rule of job ids; the job id when not
 *     given
 * @param tick the tick of a schedule that asked for it, if one did
 * @param spec a v1beta2 SparkApplicationSpec
 */
public record JobRequested(
    JobId jobId,
    String namespace,
    Map<String, String> labels,
    int attempt,
    @Nullable String resourceName,
    @Nullable TickRef tick,
    JobSpec spec)
    implements JobCommand {

  public static final String TYPE = "io.flintwheel.job.requested.v1";

  /** The most attempts that a job can have; a name has no room for more digits. */
  public static final int LAST_ATTEMPT = 99_999;

  public static final String DEFAULT_NAMESPACE = "default";

  @SuppressWarnings("NullAway") // Jackson gives null for what JSON leaves out.
  public JobRequested {
    if (jobId == null) {
      throw new IllegalArgumentException("jobId is missing");
    }
    if (spec == null) {
      throw new IllegalArgumentException("spec is missing");
    }
    namespace = namespace == null ? DEFAULT_NAMESPACE : namespace;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    attempt = attempt == 0 ? 1 : attempt;
    JobFact.requireAttempt(attempt);
    if (attempt > LAST_ATTEMPT) {
      throw new IllegalArgumentException("attempt ends at " + LAST_ATTEMPT + ": " + attempt);
    }
    if (!KubernetesSyntax.isNamespace(namespace)) {
      throw new IllegalArgumentException("namespace must be " + KubernetesSyntax.NAMESPACE_RULE);
    }
    labels.forEach(JobRequestRules::requireLabel);
    if (resourceName != null) {
      JobId.parse(resourceName); // The names of pods follow from either, so one rule is for both.
    }
  }

  /** A first attempt with nothing but the necessary. */
  public static JobRequested of(JobId jobId, String namespace, JobSpec spec) {
    return new JobRequested(jobId, namespace, Map.of(), 1, null, null, spec);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
