package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Hands records to their lanes and commits what is done, with one consumer, in one thread. */
final class PollLoop {

  private static final Logger LOG = Logger.getLogger(PollLoop.class);

  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);

  private final Consumer<byte[], byte[]> consumer;
  private final RequestHandler handler;
  private final Shares shares;
  private final IntakeMetrics metrics;
  private final KeyLanes<Lane> lanes;
  private final Membership membership = new Membership();
  private final PartitionOffsets offsets;
  private final Patience patience;
  private final int maxSpan;
  private final EventCodec codec = new EventCodec();

  PollLoop(
      Consumer<byte[], byte[]> consumer,
      RequestHandler handler,
      Shares shares,
      IntakeMetrics metrics,
      KeyLanes<Lane> lanes,
      IntakeConfig config) {
    this.consumer = consumer;
    this.handler = handler;
    this.shares = shares;
    this.metrics = metrics;
    this.lanes = lanes;
    this.patience = Patience.of(config);
    this.maxSpan = config.maxSpan();
    this.offsets = new PartitionOffsets(consumer, config.drainTimeout(), membership);
  }

  /** Until it may not go on; then what is begun may end. */
  void run(BooleanSupplier goesOn, Runnable turned) {
    try {
      consumer.subscribe(List.of(Topics.JOB_REQUESTS), offsets);
      while (goesOn.getAsBoolean()) {
        readAgainWhatWasPostponed();
        pauseWhatIsStuck();
        consumer.poll(metrics.inFlight() > 0 ? BUSY_POLL : IDLE_POLL).forEach(this::accept);
        offsets.commit();
        turned.run();
      }
      offsets.giveBackAll();
    } finally {
      offsets.abandonAll();
    }
  }

  /** One partition at a time, any of them, as a few records can fill the room there is. */
  private void readAgainWhatWasPostponed() {
    List<Runnable> seeks = new ArrayList<>();
    offsets.forEach(
        (partition, progress) ->
            progress
                .postponed()
                .firstOf(shares::hasMuchRoom)
                .ifPresent(
                    first -> {
                      if (!isReadingAgain(partition, progress)) {
                        seeks.add(
                            () -> {
                              consumer.seek(partition, first);
                              progress.offsets().readsAgainFrom(first);
                            });
                      }
                    }));
    if (!seeks.isEmpty()) {
      seeks.get(ThreadLocalRandom.current().nextInt(seeks.size())).run();
    }
  }

  /** Heartbeats go on while nothing is taken. */
  private void pauseWhatIsStuck() {
    List<TopicPartition> stuck = new ArrayList<>();
    offsets.forEach(
        (partition, progress) -> {
          if (progress.offsets().span() > maxSpan && !isReadingAgain(partition, progress)) {
            stuck.add(partition);
            tellOnce(partition, progress.offsets());
          }
        });
    metrics.held(stuck.size());
    consumer.resume(consumer.paused().stream().filter(p -> !stuck.contains(p)).toList());
    consumer.pause(stuck);
  }

  private void tellOnce(TopicPartition partition, OffsetTracker tracker) {
    if (!consumer.paused().contains(partition)) {
      LOG.warnf(
          "a partition is not read further until its first unfinished request is done, for no"
              + " namespace; topic=%s partition=%d unfinished=%d span=%d",
          partition.topic(), partition.partition(), tracker.unfinishedCount(), tracker.span());
    }
  }

  private boolean isReadingAgain(TopicPartition partition, PartitionOffsets.Progress progress) {
    return consumer.position(partition) < progress.offsets().next();
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    var progress = offsets.at(partition, record.offset());
    OffsetTracker tracker = progress.offsets();
    Postponed postponed = progress.postponed();
    if (!tracker.wasDelivered(record.offset())) {
      tracker.delivered(record.offset());
    } else {
      String waitsFor = postponed.shareOf(record);
      if (waitsFor == null || !shares.hasRoom(waitsFor)) {
        return; // Taken before, or it has to wait on.
      }
    }
    Decoded decoded = codec.decode(eventRecord(record), Instant.ofEpochMilli(record.timestamp()));
    Lane lane = Lane.of(record, decoded);
    String share = shares.of(decoded);
    if (!shares.hasRoom(share) || postponed.hasEarlier(record, lane)) {
      postponed.add(record, lane, share);
      return;
    }
    postponed.remove(record);
    lanes.add(
        lane,
        shares.workers(share),
        new RequestTask(
            record, decoded, tracker, membership, handler, patience, metrics.start(share)));
  }

  static EventRecord eventRecord(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    for (org.apache.kafka.common.header.Header header : record.headers()) {
      headers.add(new Header(header.key(), header.value() == null ? new byte[0] : header.value()));
    }
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    return new EventRecord(key, headers, record.value());
  }
}
