package io.flintwheel.status.logs;

import static io.flintwheel.status.logs.FakeLogs.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JobLogsTest {

  private final FakeLogs pods = new FakeLogs();
  private final MemoryLogArchive archive = new MemoryLogArchive();
  private final JobLogs logs = new JobLogs(pods, archive, new FakeLogs.Settings(1, 2));

  @Test
  void saysThatALogCannotBeReadWhenOnlyTheAbsentApiServerCouldTell() {
    pods.outages.set(1);

    assertThatThrownBy(() -> open(false)).isInstanceOf(LogUnavailable.class);
  }

  @Test
  void givesThePartThatWasKeptWhenTheApiServerIsAbsent() throws Exception {
    keep("part");
    pods.outages.set(1);

    Optional<JobLog> log = open(false);

    assertThat(log).hasValueSatisfying(part -> assertThat(part.content()).hasContent("part"));
  }

  @Test
  void givesTheLogOfThatDriverAndNotOfAnotherOfTheSameAttempt() throws Exception {
    keep(FakeLogs.driverOfPod("before"), "of the first run", true);
    keep(DRIVER, "of the second run", true);

    Optional<JobLog> log = logs.open(DRIVER, true, OptionalInt.empty(), false);

    assertThat(log)
        .hasValueSatisfying(text -> assertThat(text.content()).hasContent("of the second run"));
  }

  @Test
  void hasNoLogOfADriverWhenOnlyThatOfAnotherOfTheSameAttemptWasKept() throws Exception {
    keep(FakeLogs.driverOfPod("before"), "of the first run", true);

    Optional<JobLog> log = logs.open(DRIVER, true, OptionalInt.empty(), false);

    assertThat(log).isEmpty();
  }

  @Test
  void saysThatTheDriverHadWrittenMoreBeforeWhatIsGiven() throws Exception {
    pods.content = Optional.of("the end");
    pods.cut = true;

    Optional<JobLog> log = open(false);

    assertThat(log).map(JobLog::cut).hasValue(true);
  }

  @Test
  void saysThatWhatWasKeptOfALogIsNotAllOfIt() throws Exception {
    keep("until its last snapshot");

    Optional<JobLog> log = logs.open(DRIVER, true, OptionalInt.of(1), false);

    assertThat(log).map(JobLog::incomplete).hasValue(true);
  }

  @Test
  void saysSoOfADriverWhosePodIsGoneBeforeItsEndIsKnown() throws Exception {
    keep("until its last snapshot");

    Optional<JobLog> log = open(false);

    assertThat(log).map(JobLog::incomplete).hasValue(true);
  }

  @Test
  void saysNothingOfTheKindOfALogThatWasKeptWhole() throws Exception {
    keep(DRIVER, "all", true);

    Optional<JobLog> log = logs.open(DRIVER, true, OptionalInt.empty(), false);

    assertThat(log).map(JobLog::incomplete).hasValue(false);
  }

  @Test
  void saysNothingOfTheKindOfALogThatThePodHasAlthoughOnlyAPartIsKept() throws Exception {
    keep("until its last snapshot");
    pods.content = Optional.of("until now");

    List<Optional<JobLog>> opened =
        List.of(open(false), open(true), logs.open(DRIVER, true, OptionalInt.empty(), false));

    assertThat(opened).allSatisfy(log -> assertThat(log).map(JobLog::incomplete).hasValue(false));
  }

  @Test
  void followsNoPartThatWasKeptOfARunningDriver() {
    keep("part");
    pods.outages.set(1);

    assertThatThrownBy(() -> open(true)).isInstanceOf(LogUnavailable.class);
  }

  @Test
  void hasNoLogWhenThePodHasNoneAndNothingWasKept() throws Exception {
    Optional<JobLog> log = open(true);

    assertThat(log).isEmpty();
  }

  @Test
  void followsNoMoreLogsAtOnceThanItMay() throws Exception {
    pods.content = Optional.of("text");
    open(true);
    open(true);

    assertThatThrownBy(() -> open(true))
        .isInstanceOf(LogUnavailable.class)
        .hasMessageContaining("too many");
  }

  @Test
  void takesThePlaceOfAFollowerThatHasLeft() throws Exception {
    pods.content = Optional.of("text");
    open(true);
    InputStream left = open(true).orElseThrow().content();
    left.close();
    left.close();

    open(true);

    assertThatThrownBy(() -> open(true)).isInstanceOf(LogUnavailable.class);
  }

  @Test
  void takesNoPlaceForALogThatDoesNotExist() throws Exception {
    open(true);
    open(true);

    Optional<JobLog> third = open(true);

    assertThat(third).isEmpty();
  }

  private Optional<JobLog> open(boolean follow) throws Exception {
    return logs.open(DRIVER, false, OptionalInt.empty(), follow);
  }

  private void keep(String text) {
    keep(DRIVER, text, false);
  }

  private void keep(DriverContainer driver, String text, boolean complete) {
    archive.save(
        driver,
        new ArchivedLog(new LogEnd(text.getBytes(StandardCharsets.UTF_8), false), complete));
  }
}
