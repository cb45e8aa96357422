package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.Change;
import io.flintwheel.local.apiserver.store.Change.Kind;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods that have not ended, a file each: what a server that is killed leaves of them. Written
 * by a thread of its own, for the event loop must not wait for a disk; what it has not written when
 * the process is killed is lost.
 */
final class PodJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodJournal.class);
  private static final String UNFINISHED = ".new";
  private static final long CLOSE_SECONDS = 5;

  private final Path directory;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "pod-journal");
            thread.setDaemon(true);
            return thread;
          });

  private PodJournal(Path directory) {
    this.directory = directory;
  }

  static PodJournal in(Path directory) throws IOException {
    return new PodJournal(Files.createDirectories(directory));
  }

  /** The pods that an earlier server has left. */
  List<ObjectNode> left() throws IOException {
    List<ObjectNode> pods = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.delete(file);
        } else {
          read(file).ifPresent(pods::add);
        }
      }
    }
    return pods;
  }

  /** A file that a full disk or a power cut has spoilt must not keep the cluster from starting. */
  private static Optional<ObjectNode> read(Path file) throws IOException {
    try {
      return Json.parse(Files.readAllBytes(file)) instanceof ObjectNode pod
          ? Optional.of(pod)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      LOG.warn("Pod of the last run cannot be read file={} cause={}", file, e.getOriginalMessage());
      Files.delete(file);
      return Optional.empty();
    }
  }

  /** Writes down what happens to the pods of a store from now on. */
  void follow(ObjectStore store) {
    store.listen(this::changed);
  }

  private void changed(Change change) {
    if (!change.type().equals(ResourceTypes.PODS)) {
      return;
    }
    StoredObject pod = change.object();
    Path file = directory.resolve(pod.uid() + ".json");
    boolean over = change.kind() == Kind.DELETED || LostPods.hasEnded(pod.tree());
    writer.execute(() -> keep(file, over ? null : pod));
  }

  private void keep(Path file, @Nullable StoredObject pod) {
    try {
      if (pod == null) {
        Files.deleteIfExists(file);
        return;
      }
      Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
      Files.write(unfinished, Json.bytes(pod.tree()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("Pod is not kept for the next start file={} cause={}", file, e.toString());
    }
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
