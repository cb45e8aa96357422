package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEnvIT {

  private static final LocalEnv AWKWARD =
      new LocalEnv(Map.of("KUBECONFIG", "/tmp/it's $HOME/a b/kubeconfig"));

  @TempDir Path directory;

  @Test
  void readsBackWhatItWrote() {
    Path file = directory.resolve("local.env");
    AWKWARD.write(file);

    var read = LocalEnv.read(file);

    assertThat(read).contains(AWKWARD);
  }

  @Test
  void aShellReadsTheSameValues() throws Exception {
    Path file = directory.resolve("local.env");
    AWKWARD.write(file);

    Process shell =
        new ProcessBuilder("sh", "-c", ". \"$0\" && printf %s \"$KUBECONFIG\"", file.toString())
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(AWKWARD.require("KUBECONFIG"));
  }

  @Test
  void isAbsentWhenNothingIsUp() {
    var read = LocalEnv.read(directory.resolve("local.env"));

    assertThat(read).isEmpty();
  }
}
