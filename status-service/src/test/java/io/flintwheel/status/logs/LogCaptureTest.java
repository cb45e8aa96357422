package io.flintwheel.status.logs;

import static io.flintwheel.status.logs.FakeLogs.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.job.JobId;
import io.quarkus.runtime.ShutdownEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogCaptureTest {

  private final FakeLogs pods = new FakeLogs();
  private final MemoryLogArchive archive = new MemoryLogArchive();
  private final LogCapture capture = new LogCapture(pods, archive, new FakeLogs.Settings(1, 1));
  private final CountDownLatch driverEnds = new CountDownLatch(1);

  @AfterEach
  void stop() {
    driverEnds.countDown();
    capture.stop(new ShutdownEvent());
  }

  @Test
  void savesTheLogOfAnEndedDriverHoweverLongTheApiServerIsAway() {
    pods.content = Optional.of("all");
    pods.outages.set(50);

    capture.ended(DRIVER);

    await().until(() -> archive.isComplete(DRIVER));
    assertThat(kept()).isEqualTo("all");
  }

  @Test
  void savesTheLogOfTheDriverThatRunsAnAttemptAgain() {
    pods.content = Optional.of("of the first run");
    DriverContainer first = FakeLogs.driverOfPod("before");
    capture.ended(first);
    await().until(() -> archive.isComplete(first));
    pods.content = Optional.of("of the second run");

    capture.ended(DRIVER);

    await().until(() -> archive.isComplete(DRIVER));
    assertThat(kept()).isEqualTo("of the second run");
  }

  @Test
  void readsWhyADriverFailedWhileManyOthersStop() {
    pods.content = Optional.of("Exception");
    pods.following = this::untilTheDriverEnds;
    for (int i = 0; i < 20; i++) {
      capture.stopping(driver("d" + i));
    }

    String tail = capture.tail(DRIVER);

    assertThat(tail).isEqualTo("Exception");
  }

  @Test
  void readsWhyADriverFailedAboveALongStackAndALongMessage() {
    pods.content =
        Optional.of("Exception: " + "x".repeat(100_000) + "\n" + "\tat a.b(C:1)\n".repeat(1024));

    String tail = capture.tail(DRIVER);

    assertThat(tail).startsWith("Exception: x");
  }

  @Test
  void keepsSomethingOfADriverThatStopsWhenTooManyAreFollowed() {
    pods.content = Optional.of("so far");
    pods.following = this::untilTheDriverEnds;
    capture.stopping(driver("other"));

    capture.stopping(DRIVER);

    await().until(() -> archive.find(DRIVER).isPresent());
    assertThat(kept()).isEqualTo("so far");
  }

  @Test
  void hasTheWholeLogOfADriverThatItFollowedToItsEndWhenItsPodIsGoneThen() {
    follows(() -> new ByteArrayInputStream("all".getBytes(StandardCharsets.UTF_8)));
    pods.gone.add(DRIVER.uid());

    capture.gone(DRIVER);

    await().until(() -> archive.isComplete(DRIVER));
    assertThat(kept()).isEqualTo("all");
  }

  @Test
  void hasTheWholeLogAlsoWhenItIsFollowedForLongerThanItsEndIsKnown() {
    follows(this::untilTheDriverEnds);
    pods.gone.add(DRIVER.uid());
    capture.ended(DRIVER);

    driverEnds.countDown();

    await().until(() -> archive.isComplete(DRIVER));
  }

  @Test
  void hasNotTheWholeLogOfADriverWhenItBrokeOffBeforeItsEnd() {
    archive.save(DRIVER, new ArchivedLog(new LogEnd(new byte[0], false), false));
    follows(LogCaptureTest::breaksOff);
    pods.gone.add(DRIVER.uid());

    capture.ended(DRIVER);
    capture.ended(driver("next"));

    await().until(() -> archive.isComplete(driver("next")));
    assertThat(archive.isComplete(DRIVER)).isFalse();
  }

  private void follows(Supplier<InputStream> log) {
    CountDownLatch followed = new CountDownLatch(1);
    pods.content = Optional.of("until now");
    pods.following =
        () -> {
          followed.countDown();
          return log.get();
        };
    capture.stopping(DRIVER);
    await().until(() -> followed.getCount() == 0);
  }

  private static InputStream breaksOff() {
    PipedInputStream broken = new PipedInputStream();
    try {
      broken.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return broken;
  }

  private String kept() {
    return archive
        .find(DRIVER)
        .map(log -> new String(log.end().content(), StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private static DriverContainer driver(String uid) {
    return new DriverContainer(new JobId(uid), 1, "default", uid, uid, "spark");
  }

  private InputStream untilTheDriverEnds() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          driverEnds.await();
          return -1;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return read();
      }
    };
  }
}
