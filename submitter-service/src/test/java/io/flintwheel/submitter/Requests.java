package io.flintwheel.submitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Requests for tests. */
public final class Requests {

  private static final YAMLMapper YAML = new YAMLMapper();

  public static final String SPEC =
      """
      type: Scala
      image: spark:4.1.1
      mainClass: org.apache.spark.examples.SparkPi
      mainApplicationFile: local:///opt/spark/examples/jars/spark-examples.jar
      sparkVersion: 4.1.1
      driver: {}
      executor: {}
      """;

  public static final String SPEC_IN_ONE_LINE = "{" + SPEC.strip().replace("\n", ", ") + "}";

  private Requests() {}

  /** A request whose data is YAML. */
  public static Event<JobRequested> ofYaml(String yaml) {
    try {
      return event(EventJson.mapper().treeToValue(YAML.readTree(yaml), JobRequested.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SparkPi under a job id. */
  public static Event<JobRequested> sparkPi(String jobId) {
    return withSpec(jobId, SPEC);
  }

  /** SparkPi in a namespace. */
  public static Event<JobRequested> inNamespace(String jobId, String namespace) {
    return event(JobRequested.of(new JobId(jobId), namespace, JobSpec.of(yaml(SPEC))));
  }

  /** A job with a specification in YAML. */
  public static Event<JobRequested> withSpec(String jobId, String spec) {
    return event(JobRequested.of(new JobId(jobId), "default", JobSpec.of(yaml(spec))));
  }

  /** SparkPi with one field of its specification set to a YAML value. */
  public static Event<JobRequested> sparkPiWith(String path, String yaml) {
    ObjectNode spec = (ObjectNode) yaml(SPEC);
    String[] names = path.split("\\.", -1);
    ObjectNode holder = spec;
    for (int i = 0; i < names.length - 1; i++) {
      holder = holder.withObjectProperty(names[i]);
    }
    holder.set(names[names.length - 1], yaml(yaml));
    return event(JobRequested.of(new JobId("spark-pi"), "default", JobSpec.of(spec)));
  }

  /** SparkPi with an entry of sparkConf. */
  public static Event<JobRequested> sparkPiConfigured(String key, String value) {
    return sparkPiConfigured(Map.of(key, value));
  }

  /** SparkPi with entries of sparkConf. */
  public static Event<JobRequested> sparkPiConfigured(Map<String, String> conf) {
    ObjectNode spec = (ObjectNode) yaml(SPEC);
    conf.forEach(spec.withObjectProperty("sparkConf")::put);
    return event(JobRequested.of(new JobId("spark-pi"), "default", JobSpec.of(spec)));
  }

  public static Event<JobRequested> event(JobRequested request) {
    return new Event<>(
        EventId.of(request.jobId(), request.attempt()),
        URI.create("urn:flintwheel:test:tests"),
        Instant.parse("2026-03-01T10:00:00Z"),
        request);
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
