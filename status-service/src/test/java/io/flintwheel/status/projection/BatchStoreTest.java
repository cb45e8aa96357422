package io.flintwheel.status.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStoreTest {

  private static final String ROW = "Key (id)=(the value of a row)";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Database database = new Database();
  private final BatchStore store = new BatchStore(database, new ProjectionMetrics(registry));
  private final Log log = new Log();

  @BeforeEach
  void listen() {
    Logger.getLogger(BatchStore.class.getName()).addHandler(log);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger(BatchStore.class.getName()).removeHandler(log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "23505", "54000"})
  void skipsTheOneEventThatTheDatabaseRefuses(String sqlState) {
    database.refuse("b", () -> new BatchUpdateException(ROW, sqlState, new int[0]));

    boolean done = store.store(List.of(event("a"), event("b"), event("c")));

    assertThat(done).isTrue();
    assertThat(database.stored).containsExactly("a", "c");
    assertThat(refused()).isEqualTo(1);
  }

  @Test
  void skipsTheOneEventThatCannotBeUnderstood() {
    database.refuse("b", () -> new IllegalStateException(ROW));

    boolean done = store.store(List.of(event("a"), event("b"), event("c")));

    assertThat(done).isTrue();
    assertThat(database.stored).containsExactly("a", "c");
    assertThat(refused()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "53300", "40P01", "25P03"})
  void keepsTheBatchWhileTheDatabaseIsAway(String sqlState) {
    database.refuse("b", () -> new SQLException(ROW, sqlState));

    boolean done = store.store(List.of(event("a"), event("b")));

    assertThat(done).isFalse();
    assertThat(refused()).isZero();
  }

  @Test
  void keepsTheBatchWhenTheDatabaseGoesAwayBetweenTwoOfItsEvents() {
    database.refuse("b", () -> new SQLException(ROW, "22P05"));
    database.refuse("c", () -> new SQLException(ROW, "08006"));

    boolean done = store.store(List.of(event("a"), event("b"), event("c")));

    assertThat(done).isFalse();
  }

  @Test
  void logsWhichEventItSkippedAndNothingOfItsContents() {
    database.refuse("b", () -> new SQLException(ROW, "23505"));
    database.refuse("c", () -> new IllegalStateException(ROW));

    store.store(List.of(event("b"), event("c")));

    assertThat(log.lines).hasSize(2).allMatch(line -> line.contains("jobId=pi"));
    assertThat(log.lines).noneMatch(line -> line.contains("value of a row"));
  }

  @Test
  void logsAnOutageWithoutTheWordsOfTheDatabase() {
    database.refuse("a", () -> new SQLException(ROW, "08006"));

    store.store(List.of(event("a")));

    assertThat(log.lines).singleElement().asString().contains("08006").doesNotContain("row");
  }

  private double refused() {
    return registry.counter("flintwheel.projection.refused").count();
  }

  private static Event<JobMessage> event(String id) {
    return new Event<>(
        new EventId(id),
        URI.create("urn:test"),
        Instant.EPOCH,
        new JobAccepted(new JobId("pi"), "default", 1, List.of()));
  }

  /** All of a batch or nothing, as in a transaction. */
  private static final class Database implements Projection {

    private final Map<String, Supplier<Exception>> refusals = new HashMap<>();
    private final List<String> stored = new ArrayList<>();

    void refuse(String id, Supplier<Exception> exception) {
      refusals.put(id, exception);
    }

    @Override
    public int project(List<Event<JobMessage>> batch) throws SQLException {
      for (Event<JobMessage> event : batch) {
        Supplier<Exception> refusal = refusals.get(event.id().value());
        if (refusal != null) {
          Exception exception = refusal.get();
          if (exception instanceof SQLException refused) {
            throw refused;
          }
          throw (RuntimeException) exception;
        }
      }
      batch.forEach(event -> stored.add(event.id().value()));
      return batch.size();
    }
  }

  private static final class Log extends Handler {

    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      lines.add(new java.util.logging.SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
