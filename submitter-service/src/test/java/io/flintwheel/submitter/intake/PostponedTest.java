package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PostponedTest {

  private final Postponed postponed = new Postponed();

  @Test
  void readsAgainFromTheFirstRecordWhoseNamespaceHasRoom() {
    postponed.add(record(3), lane("a"), "broken");
    postponed.add(record(5), lane("b"), "well");
    postponed.add(record(7), lane("c"), "well");

    OptionalLong first = postponed.firstOf("well"::equals);

    assertThat(first).hasValue(5);
  }

  /** Else the partition would be read again and again for a cancel that may not be taken yet. */
  @Test
  void doesNotReadAgainForARecordBehindOneOfItsJobThatHasToWait() {
    postponed.add(record(3), lane("a"), "broken");
    postponed.add(record(5), lane("a"), "well");

    OptionalLong first = postponed.firstOf("well"::equals);

    assertThat(first).isEmpty();
    assertThat(postponed.hasEarlier(record(5), lane("a"))).isTrue();
    assertThat(postponed.hasEarlier(record(3), lane("a"))).isFalse();
  }

  @Test
  void forgetsWhatIsTaken() {
    postponed.add(record(3), lane("a"), "broken");

    postponed.remove(record(3));

    assertThat(postponed.shareOf(record(3))).isNull();
    assertThat(postponed.firstOf(share -> true)).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>("requests", 0, offset, null, null);
  }

  private static Lane lane(String job) {
    return new Lane(0, job);
  }
}
