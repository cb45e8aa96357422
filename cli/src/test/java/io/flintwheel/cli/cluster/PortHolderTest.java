package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortHolderTest {

  @Test
  void namesAJarWhosePathHasBlanks() {
    String jar = "/srv/zwei äöü Blank/flint wheel/submitter-service/quarkus-run.jar";

    String title = PortHolder.title(List.of("/opt/jdk/bin/java", "-Xmx1g", "-jar", jar, "serve"));

    assertThat(title).isEqualTo("java " + jar);
  }

  @Test
  void namesAMainClass() {
    String title =
        PortHolder.title(
            List.of("java", "-cp", "/srv/two words/kafka.jar", "org.example.Main", "a.jar"));

    assertThat(title).isEqualTo("java org.example.Main");
  }

  @Test
  void namesWhatIsNoJavaByTheBeginningOfItsCommandLine() {
    String title = PortHolder.title(List.of("python3", "-m", "http.server", "x".repeat(60)));

    assertThat(title).isEqualTo("python3 -m http.server " + "x".repeat(37) + "...");
  }

  @Test
  void knowsNothingOfAnotherUsersProcess() {
    String title = PortHolder.title(List.of());

    assertThat(title).isEqualTo("?");
  }
}
