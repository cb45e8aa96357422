package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.job.JobId;
import io.flintwheel.status.OnStatusService;
import io.flintwheel.status.projection.SchemaMigration;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@OnStatusService
class PostgresLogArchiveIT {

  private final String id = "it-" + UUID.randomUUID().toString().substring(0, 13);
  private final DriverContainer first = driver("uid-1");
  private final DriverContainer second = driver("uid-2");

  @Inject LogArchive archive;
  @Inject SchemaMigration schema;

  @BeforeEach
  void awaitTables() {
    await().until(schema::isDone);
  }

  @Test
  void keepsTheLogsOfTwoDriversOfOneAttempt() throws Exception {
    archive.save(first, log("first", true));

    archive.save(second, log("second", false));

    assertThat(kept(first)).isEqualTo("first");
    assertThat(kept(second)).isEqualTo("second");
    assertThat(archive.isComplete(first)).isTrue();
    assertThat(archive.isComplete(second)).isFalse();
  }

  @Test
  void replacesNoCompleteLogByAPart() throws Exception {
    archive.save(first, log("all", true));

    archive.save(first, log("part", false));

    assertThat(kept(first)).isEqualTo("all");
  }

  @Test
  void replacesAPartByTheWhole() throws Exception {
    archive.save(first, log("part", false));

    archive.save(first, log("all", true));

    assertThat(kept(first)).isEqualTo("all");
    assertThat(archive.isComplete(first)).isTrue();
  }

  @Test
  void takesAPartForTheWholeWhenItTurnsOutToBeThat() throws Exception {
    archive.save(first, log("all", false));
    archive.save(second, log("part", false));

    archive.complete(first);

    assertThat(kept(first)).isEqualTo("all");
    assertThat(archive.isComplete(first)).isTrue();
    assertThat(archive.isComplete(second)).isFalse();
  }

  private String kept(DriverContainer driver) throws Exception {
    return archive
        .find(driver)
        .map(log -> new String(log.end().content(), StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private DriverContainer driver(String uid) {
    return new DriverContainer(new JobId(id), 1, "default", id + "-driver", uid, "spark");
  }

  private static ArchivedLog log(String text, boolean complete) {
    return new ArchivedLog(new LogEnd(text.getBytes(StandardCharsets.UTF_8), false), complete);
  }
}
