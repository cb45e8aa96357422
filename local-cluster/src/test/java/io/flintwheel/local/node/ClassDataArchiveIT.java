package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataArchiveIT {

  @TempDir private Path directory;
  private ClassDataArchive archive;

  @BeforeEach
  void makeImage() throws IOException {
    archive = archive("one");
  }

  @Test
  void letsOneDriverAtATimeMakeTheArchive() {
    boolean first = archive.claim("a");

    boolean second = archive.claim("b");

    assertThat(first).isTrue();
    assertThat(second).isFalse();
  }

  @Test
  void isThereOnceADriverHasEndedWell() throws IOException {
    archive.claim("a");
    Files.writeString(draft("a"), "classes");

    archive.settle("a", true);

    assertThat(archive.exists()).isTrue();
    assertThat(archive.useOptions()).anyMatch(o -> o.startsWith("-XX:SharedArchiveFile="));
  }

  @Test
  void takesNothingFromADriverThatFailed() throws IOException {
    archive.claim("a");
    Files.writeString(draft("a"), "half of the cla");

    archive.settle("a", false);

    assertThat(archive.exists()).isFalse();
    assertThat(archive.useOptions()).isEmpty();
    assertThat(archive.claim("b")).isTrue();
  }

  @Test
  void keepsTheFirstOfTwoNodesArchives() throws IOException {
    var sameOfAnotherNode = archive("one");
    archive.claim("a");
    sameOfAnotherNode.claim("b");
    Files.writeString(draft("a"), "first");
    Files.writeString(draft("b"), "second");
    archive.settle("a", true);

    sameOfAnotherNode.settle("b", true);

    assertThat(file()).hasContent("first");
    assertThat(draftsLeft()).isEmpty();
  }

  @Test
  void isAnotherOneForOtherJars() throws IOException {
    archive.claim("a");
    Files.writeString(draft("a"), "classes");
    archive.settle("a", true);

    ClassDataArchive other = archive("another content");

    assertThat(other.exists()).isFalse();
  }

  private ClassDataArchive archive(String jarContent) throws IOException {
    Path jar = Files.writeString(directory.resolve("a.jar"), jarContent);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    var image = new SparkImage(directory, List.of(jar), List.of());
    return new ClassDataArchive(directory.resolve("cds"), image);
  }

  private Path draft(String podUid) {
    return Path.of(
        archive.makeOptions(podUid).get(0).substring("-XX:ArchiveClassesAtExit=".length()));
  }

  private Path file() {
    return Path.of(archive.useOptions().get(0).substring("-XX:SharedArchiveFile=".length()));
  }

  private List<Path> draftsLeft() throws IOException {
    try (var files = Files.list(directory.resolve("cds"))) {
      return files.filter(f -> !f.equals(file())).toList();
    }
  }
}
