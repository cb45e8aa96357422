package io.flintwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileTroubleTest {

  private static final Path FILE = Path.of("/data/pi.yaml");

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/data/pi.yaml"), "no such file or directory"),
        Arguments.of(new AccessDeniedException("/data/pi.yaml"), "permission denied"),
        Arguments.of(new AccessDeniedException("/data"), "permission denied (/data)"),
        Arguments.of(
            new FileAlreadyExistsException("/data"),
            "something of that name is in the way (/data)"),
        Arguments.of(
            new FileSystemException("/data/pi.yaml", null, "No space left on device"),
            "no space left on device"),
        Arguments.of(
            new FileSystemException("/data/pi.yaml", null, "Read-only file system"),
            "read-only file system"),
        Arguments.of(new IOException("Is a directory"), "is a directory"),
        Arguments.of(
            new FileNotFoundException("/data/pi.yaml (Permission denied)"),
            "/data/pi.yaml (Permission denied)"),
        Arguments.of(new IOException(), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhy(IOException failure, String words) {
    String told = FileTrouble.of(FILE, failure);

    assertThat(told).isEqualTo(words);
  }
}
