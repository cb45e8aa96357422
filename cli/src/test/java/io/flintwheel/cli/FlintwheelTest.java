package io.flintwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said and with which code it ends, while nothing is up. */
class FlintwheelTest {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of("FLINTWHEEL_ROOT", "/nowhere", "FLINTWHEEL_HOME", "/nowhere/.flintwheel"));

  @ParameterizedTest
  @CsvSource({
    "frobnicate, frobnicate, ./flintwheel --help",
    "job, jobs, ./flintwheel --help",
    "cancel, <jobId>, ./flintwheel cancel --help",
    "submit, <file>, ./flintwheel submit --help",
    "logs, <part or jobId>, ./flintwheel logs --help",
    "'jobs --limit many', many, ./flintwheel jobs --help",
    "'jobs --stat RUNNING', --stat, ./flintwheel jobs --help",
    "'cancel a b', 'b', ./flintwheel cancel --help",
    "'help frobnicate', frobnicate, --help",
  })
  void saysInOneLineWhatIsWrongWithTheArguments(String arguments, String named, String advice) {
    int code = run(arguments.split(" "));

    assertThat(code).isEqualTo(MISUSED);
    assertThat(text(err).lines()).singleElement().asString().contains(named, advice);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void saysThatACommandIsMissing() {
    int code = run();

    assertThat(code).isEqualTo(MISUSED);
    assertThat(text(err)).containsOnlyOnce("Missing required subcommand").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help"})
  void listsAllCommandsOnRequest(String argument) {
    int code = run(argument);

    assertThat(code).isZero();
    assertThat(text(out))
        .contains("up", "down", "status", "logs", "jobs", "cancel", "submit", "demo", "help");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void explainsOneCommandOnRequest() {
    int code = run("help", "submit");

    assertThat(code).isZero();
    assertThat(text(out)).contains("--job-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "cancel pi", "logs pi"})
  void saysThatNothingIsUp(String arguments) {
    int code = run(arguments.split(" "));

    assertThat(code).isEqualTo(FAILED);
    assertThat(text(err)).isEqualTo("Nothing is up here; start it with ./flintwheel up\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'submit /', is a directory",
    "'submit /nowhere/pi.yaml', There is no file /nowhere/pi.yaml",
    "'cancel Not_A_Job', Not_A_Job",
    "'logs Not_A_Job', Not_A_Job",
    "'logs --tail -2 submitter', '--tail is -2; expected at least 0, or -1 for all'",
    "'logs --tail -2 pi', '--tail is -2; expected 1 to 30000, or -1 for all'",
    "'logs --tail 0 pi', '--tail is 0; expected 1 to 30000, or -1 for all'",
    "'logs --tail 30001 pi', '--tail is 30001; expected 1 to 30000, or -1 for all'",
  })
  void saysInOneLineWhatCannotBeDone(String arguments, String named) {
    int code = run(arguments.split(" "));

    assertThat(code).isEqualTo(FAILED);
    assertThat(text(err).lines()).singleElement().asString().contains(named);
    assertThat(text(err)).doesNotContain("defect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "127.0.0.1:8083", "http://", "http:// x"})
  void saysThatAnAddressIsNone(String address) {
    environment.put("FLINTWHEEL_STATUS_URL", address);

    int code = run("jobs");

    assertThat(code).isEqualTo(FAILED);
    assertThat(text(err).lines()).singleElement().asString().contains("status-service", address);
    assertThat(text(err)).doesNotContain("defect");
  }

  private int run(String... arguments) {
    Context context =
        new Context(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    return Flintwheel.commandLine(context).execute(arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
