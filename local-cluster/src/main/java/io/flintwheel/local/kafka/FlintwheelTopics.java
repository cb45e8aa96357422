package io.flintwheel.local.kafka;

import io.flintwheel.events.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of {@link Topics} on a broker of one. */
public final class FlintwheelTopics {

  private static final List<NewTopic> ALL =
      List.of(
          topic(Topics.JOB_REQUESTS, Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES),
          topic(Topics.JOB_EVENTS, Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES),
          topic(Topics.SCHEDULE_EVENTS, Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES),
          topic(Topics.WORKFLOW_EVENTS, Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES),
          topic(Topics.JOB_REQUESTS_DEAD_LETTER, Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES));

  private FlintwheelTopics() {}

  /** Makes those that do not exist, and leaves the others as they are. */
  public static void createMissing(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      for (var created : admin.createTopics(ALL).values().values()) {
        try {
          created.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new IllegalStateException("cannot create Flintwheel's topics", e.getCause());
          }
        }
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka did not create the topics in a minute", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  private static NewTopic topic(String name, int maxMessageBytes) {
    return new NewTopic(name, Topics.PARTITIONS, (short) 1)
        .configs(Map.of("max.message.bytes", Integer.toString(maxMessageBytes)));
  }
}
