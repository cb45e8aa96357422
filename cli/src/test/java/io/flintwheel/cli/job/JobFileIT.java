package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileIT {

  @TempDir Path directory;

  @Test
  void saysThatAFileIsMissing() {
    Path missing = directory.resolve("pi.yaml");

    assertThatThrownBy(() -> JobFile.read(missing))
        .isInstanceOf(CliFailure.class)
        .hasMessage("There is no file " + missing);
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Path jar = Files.write(directory.resolve("x.jar"), new byte[] {'P', 'K', 3, 4, (byte) 0xff});

    assertThatThrownBy(() -> JobFile.read(jar))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("x.jar is not text in UTF-8; expected a CloudEvent");
  }

  @Test
  void saysThatAFileIsTooLargeWithoutReadingIt() throws IOException {
    Path large = directory.resolve("data.json");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(8L * 1024 * 1024 * 1024);
    }

    assertThatThrownBy(() -> JobFile.read(large))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("data.json has 8589934592 bytes");
  }
}
