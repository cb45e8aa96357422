package io.flintwheel.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.events.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKafkaIT {

  @TempDir Path directory;

  @Test
  void keepsRecordsAndItsAddressOverARestart() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(directory.resolve("with space"), 0)) {
      kafka.createTopics();
      String address = kafka.bootstrapServers();
      produce(address, Topics.JOB_REQUESTS, "before the restart");

      kafka.restart();

      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(readAll(address, Topics.JOB_REQUESTS)).containsExactly("before the restart");
    }
  }

  @Test
  void makesEveryTopicWithItsPartitionsAndSizeLimit() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(directory, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.createTopics();

      kafka.createTopics();

      var topics =
          admin
              .describeTopics(
                  List.of(
                      Topics.JOB_REQUESTS,
                      Topics.JOB_EVENTS,
                      Topics.SCHEDULE_EVENTS,
                      Topics.WORKFLOW_EVENTS,
                      Topics.JOB_REQUESTS_DEAD_LETTER))
              .allTopicNames()
              .get();
      assertThat(topics.values())
          .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topics.PARTITIONS));
    }
  }

  @Test
  void makesNoTopicOfAMisspeltName() {
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      assertThatThrownBy(() -> produce(kafka.bootstrapServers(), "no-such-topic", "lost"))
          .hasMessageContaining("no-such-topic");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void takesWhatAnyCodecPacked(String codec) throws Exception {
    try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
      kafka.createTopics();

      produce(kafka.bootstrapServers(), Topics.JOB_REQUESTS, "packed", codec);

      assertThat(readAll(kafka.bootstrapServers(), Topics.JOB_REQUESTS)).containsExactly("packed");
    }
  }

  private static void produce(String address, String topic, String value) throws Exception {
    produce(address, topic, value, "none");
  }

  private static void produce(String address, String topic, String value, String codec)
      throws Exception {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            address,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            codec,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            3000);
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "key", value)).get(10, TimeUnit.SECONDS);
    }
  }

  private static List<String> readAll(String address, String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", address, "group.id", "test", "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      ConsumerRecords<String, String> records =
          Awaitility.await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> consumer.poll(Duration.ofMillis(200)), found -> !found.isEmpty());
      return java.util.stream.StreamSupport.stream(records.spliterator(), false)
          .map(record -> record.value())
          .toList();
    }
  }
}
