package io.flintwheel.submitter.intake;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that were delivered and are left on the topic for now, because their
 * namespace has as many requests in progress as it may. Where they lie is remembered and not what
 * they say, so a namespace in which nothing works costs no memory. Used by the poll thread only.
 */
final class Postponed {

  private record Waiting(Lane lane, String share) {}

  private final NavigableMap<Long, Waiting> offsets = new TreeMap<>();

  void add(ConsumerRecord<?, ?> record, Lane lane, String share) {
    offsets.put(record.offset(), new Waiting(lane, share));
  }

  void remove(ConsumerRecord<?, ?> record) {
    offsets.remove(record.offset());
  }

  /** The namespace that a postponed record waits for; null when it is not postponed. */
  @Nullable String shareOf(ConsumerRecord<?, ?> record) {
    Waiting waiting = offsets.get(record.offset());
    return waiting == null ? null : waiting.share();
  }

  /** Whether an earlier record of the same job is still to be taken. */
  boolean hasEarlier(ConsumerRecord<?, ?> record, Lane lane) {
    return offsets.headMap(record.offset()).values().stream()
        .anyMatch(waiting -> waiting.lane().equals(lane));
  }

  /** Where to read again: the first record that waits for nothing but room, and has it. */
  OptionalLong firstOf(Predicate<String> hasRoom) {
    Set<Lane> waitingLanes = new HashSet<>();
    for (Map.Entry<Long, Waiting> entry : offsets.entrySet()) {
      Waiting waiting = entry.getValue();
      if (waitingLanes.add(waiting.lane()) && hasRoom.test(waiting.share())) {
        return OptionalLong.of(entry.getKey());
      }
    }
    return OptionalLong.empty();
  }
}
