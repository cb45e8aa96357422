package io.flintwheel.scheduler.schedule;

import io.flintwheel.events.job.JobSpec;
import java.util.Map;

/**
 * The job that every tick of a schedule requests.
 *
 * @param namespace where its pods are made
 * @param labels put on the pods, beside the schedule's own
 * @param spec a v1beta2 SparkApplicationSpec
 */
public record JobTemplate(String namespace, Map<String, String> labels, JobSpec spec) {

  public JobTemplate {
    labels = Map.copyOf(labels);
  }
}
