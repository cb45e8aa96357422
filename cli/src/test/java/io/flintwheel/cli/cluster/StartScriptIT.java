package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./flintwheel} in a checkout of its own, where Java and Maven only say that they ran. */
class StartScriptIT {

  private static final String CLI = "cli/target/flintwheel.jar";
  private static final String SCHEDULER = "scheduler-service/target/quarkus-app/quarkus-run.jar";

  @TempDir Path directory;

  private Path root = Path.of("");
  private int exitCode;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void buildEverything() throws IOException {
    root = Files.createDirectory(directory.resolve("checkout"));
    Files.copy(
        Path.of(System.getProperty("flintwheel.root"), "flintwheel"), root.resolve("flintwheel"));
    for (String service : List.of("submitter", "status", "scheduler")) {
      file(root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar"), "");
    }
    file(root.resolve("local-image/target/image/jars/spark-core.jar"), "");
    file(root.resolve("local-image/target/spark-examples.jar"), "");
    for (String library : List.of("events-schema", "local-cluster")) {
      file(root.resolve("cli/target/lib/" + library + "-1.jar"), "");
    }
    file(root.resolve(CLI), "");
    file(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    command("jdk/bin/javac", "");
    command("jdk/bin/java", "echo \"ran ${!#}\"");
    command("bin/mvn", "echo \"$*\" >>maven; mkdir -p cli/target; touch " + CLI);
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
    environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("FLINTWHEEL_HOME", directory.resolve("home").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "down"})
  void buildsNoServiceForACommandThatStartsNone(String command) throws Exception {
    isUpIn("home");
    Files.delete(root.resolve(SCHEDULER));

    String told = run(command);

    assertThat(told).isEqualTo("ran " + command + "\n");
    assertThat(root.resolve("maven")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "demo"})
  void replacesNoServiceOfWhatIsUp(String command) throws Exception {
    isUpIn("home");
    Files.delete(root.resolve(SCHEDULER));

    String told = run(command);

    assertThat(told).isEqualTo(refusal(SCHEDULER, "./flintwheel down"));
    assertThat(exitCode).isEqualTo(1);
    assertThat(root.resolve("maven")).doesNotExist();
  }

  @Test
  void replacesNothingOfItsOwnUnderWhatIsUp() throws Exception {
    isUpIn("home");
    Files.delete(root.resolve(CLI));

    String told = run("jobs");

    assertThat(told).isEqualTo(refusal(CLI, "./flintwheel down"));
    assertThat(exitCode).isEqualTo(1);
    assertThat(root.resolve("maven")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down"})
  void namesTheOtherHomeThatIsUp(String command) throws Exception {
    isUpIn("other home");
    file(root.resolve("target/flintwheel-homes"), directory.resolve("other home") + "\n");
    Files.delete(root.resolve(CLI));

    String told = run(command);

    assertThat(told)
        .isEqualTo(
            refusal(CLI, "FLINTWHEEL_HOME=" + directory + "/other\\ home ./flintwheel down"));
    assertThat(exitCode).isEqualTo(1);
    assertThat(root.resolve("maven")).doesNotExist();
  }

  @Test
  void buildsWhatDownNeedsAndNoService() throws Exception {
    isUpIn("home");
    Files.delete(root.resolve(CLI));

    String told = run("down");

    assertThat(told).endsWith("ran down\n");
    assertThat(root.resolve("maven")).content().contains(" -pl cli -am package");
    assertThat(root.resolve("target/flintwheel-built")).doesNotExist();
  }

  @Test
  void buildsAllThatIsMissingWhenNothingIsUp() throws Exception {
    Files.delete(root.resolve(SCHEDULER));

    String told = run("up");

    assertThat(told).endsWith("ran up\n");
    assertThat(root.resolve("maven")).content().contains(",scheduler-service,cli -am package");
    assertThat(root.resolve("target/flintwheel-built")).exists();
  }

  @Test
  void saysWhatIsMissingWhenItMustNotBuild() throws Exception {
    Files.delete(root.resolve(SCHEDULER));
    environment.put("FLINTWHEEL_BUILD", "never");

    String told = run("up");

    assertThat(told)
        .isEqualTo(
            root.resolve(SCHEDULER)
                + " is missing, and FLINTWHEEL_BUILD=never forbids to build it.\n");
    assertThat(exitCode).isEqualTo(1);
    assertThat(root.resolve("maven")).doesNotExist();
  }

  private String refusal(String missing, String first) {
    return root.resolve(missing)
        + " is missing, and a build would replace the jars of what is up; first: "
        + first
        + "\n";
  }

  private void isUpIn(String home) throws IOException {
    Path run = Files.createDirectories(directory.resolve(home).resolve("run"));
    ProcessRecord.running(ProcessHandle.current().pid())
        .orElseThrow()
        .write(run.resolve(Part.LOCAL_CLUSTER.id() + ".pid"));
  }

  private String run(String... arguments) throws Exception {
    File out = directory.resolve("out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("bash", root + "/flintwheel"), Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(out);
    builder.environment().remove("FLINTWHEEL_BUILD");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    exitCode = process.exitValue();
    return Files.readString(out.toPath());
  }

  private void command(String name, String script) throws IOException {
    Path path = directory.resolve(name);
    file(path, "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private static void file(Path path, String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
