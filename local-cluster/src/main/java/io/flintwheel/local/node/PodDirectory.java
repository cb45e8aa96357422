package io.flintwheel.local.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one pod, under the pod's uid. */
record PodDirectory(Path root) {

  Path volumes() {
    return root.resolve("volumes");
  }

  /** The pod's own temporary directory. */
  Path temporary() {
    return root.resolve("tmp");
  }

  ContainerDirectory container(String name) {
    return new ContainerDirectory(root.resolve("containers").resolve(name));
  }

  /** The pod's address, kept over a restart of the node. */
  Optional<String> address() throws IOException {
    Path file = addressFile();
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  void keepAddress(String address) throws IOException {
    Files.createDirectories(temporary());
    ReplacedFile.write(addressFile(), address.getBytes(StandardCharsets.US_ASCII));
  }

  Stream<ContainerDirectory> containers() throws IOException {
    Path parent = root.resolve("containers");
    if (!Files.isDirectory(parent)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(ContainerDirectory::new).toList().stream();
    }
  }

  /** Removes all of it. What still writes into it meanwhile is removed by the next start. */
  void delete() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(PodDirectory::deleteOne);
    } catch (UncheckedIOException e) {
      throw new IOException("cannot delete " + root, e);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      // Gone already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path addressFile() {
    return root.resolve("address");
  }
}
