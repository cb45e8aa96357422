package io.flintwheel.events;

/** The names of Flintwheel's topics. Every topic has {@value #PARTITIONS} partitions. */
public final class Topics {

  /** Commands: job requested, cancel requested. Key: job id. */
  public static final String JOB_REQUESTS = "flintwheel.job-requests.v1";

  /** Facts about jobs. Key: job id. */
  public static final String JOB_EVENTS = "flintwheel.job-events.v1";

  /** Facts about schedules and their ticks. Key: schedule id. */
  public static final String SCHEDULE_EVENTS = "flintwheel.schedule-events.v1";

  /** Facts about workflows. Key: workflow run id. */
  public static final String WORKFLOW_EVENTS = "flintwheel.workflow-events.v1";

  /** Job requests that could not be taken, as they came, with the reason in headers. */
  public static final String JOB_REQUESTS_DEAD_LETTER = "flintwheel.job-requests.dead-letter.v1";

  /** Changing the number of partitions would break the order per key, so it is fixed. */
  public static final int PARTITIONS = 24;

  /** The most bytes that the value of a job request may have. */
  public static final int MAX_REQUEST_BYTES = 128 * 1024;

  /** {@code max.message.bytes} of the request topic: a request, its headers and Kafka's framing. */
  public static final int REQUEST_TOPIC_MAX_MESSAGE_BYTES = 1024 * 1024;

  /** {@code max.message.bytes} of the dead letter topic: 64 KiB of room for the reason. */
  public static final int DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES =
      REQUEST_TOPIC_MAX_MESSAGE_BYTES + 64 * 1024;

  private Topics() {}
}
