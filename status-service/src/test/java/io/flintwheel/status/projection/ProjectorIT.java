package io.flintwheel.status.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.testing.PostgresTestResource;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The writer among writers. */
class ProjectorIT {

  private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();

  private static final ProjectionConfig SOON = () -> Duration.ofSeconds(1);

  /** The common pool of a small machine has one thread, which would freeze for both. */
  private static final Executor THREADS = task -> new Thread(task, "projector").start();

  private final CountDownLatch holdsTheLock = new CountDownLatch(1);
  private final CountDownLatch thaw = new CountDownLatch(1);

  @BeforeAll
  static void migrate() {
    LocalPostgres server = PostgresTestResource.postgres();
    server.createDatabase("flintwheel_projector");
    DATABASE.setUrl(server.jdbcUrl("flintwheel_projector"));
    DATABASE.setUser(server.username());
    DATABASE.setPassword(server.password());
    DATABASE.setCurrentSchema("status");
    Flyway.configure().dataSource(DATABASE).defaultSchema("status").load().migrate();
  }

  @Test
  void writesAlthoughAnotherWriterFreezesWithTheLock() throws Exception {
    Projector frozen = new Projector(DATABASE, clock(this::freeze), SOON);
    CompletableFuture<Boolean> lost =
        CompletableFuture.supplyAsync(() -> fails(frozen, "pi"), THREADS);
    holdsTheLock.await();
    Projector other = new Projector(DATABASE, Clock.systemUTC(), SOON);

    CompletableFuture<Boolean> failed =
        CompletableFuture.supplyAsync(() -> fails(other, "tau"), THREADS);

    await().atMost(Duration.ofSeconds(30)).until(failed::isDone);
    assertThat(failed.join()).isFalse();
    thaw.countDown();
    assertThat(lost.get()).isTrue();
  }

  private static boolean fails(Projector projector, String job) {
    try {
      projector.project(List.of(event(job)));
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private Instant freeze() {
    holdsTheLock.countDown();
    try {
      thaw.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Instant.now();
  }

  private static Clock clock(InstantSource source) {
    return source.withZone(ZoneOffset.UTC);
  }

  private static Event<JobMessage> event(String job) {
    return new Event<>(
        EventId.of(job),
        URI.create("urn:test"),
        Instant.EPOCH,
        new JobAccepted(new JobId(job), "default", 1, List.of()));
  }
}
