package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The class-data archive that drivers and executors start from: less than half the processor time.
 *
 * <p>The first driver makes it at its exit. It writes to a file of its own that becomes the archive
 * in one move, so that neither two drivers at once nor a killed one leave a broken archive. Its
 * name is made of the jars and the JDK: others get another archive.
 */
final class ClassDataArchive {

  private static final Logger LOG = LoggerFactory.getLogger(ClassDataArchive.class);

  private final Path archive;
  private final AtomicReference<String> maker = new AtomicReference<>("");

  ClassDataArchive(Path directory, SparkImage image) throws IOException {
    Files.createDirectories(directory);
    this.archive = directory.resolve("spark-" + key(image) + ".jsa");
  }

  boolean exists() {
    return Files.exists(archive);
  }

  /** Options for a JVM that starts from the archive; it starts without when that does not fit. */
  List<String> useOptions() {
    return exists()
        ? List.of(
            "-XX:SharedArchiveFile=" + archive,
            "-Xshare:auto",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off")
        : List.of();
  }

  /** Whether this pod's driver is to make the archive: one at a time. */
  boolean claim(String podUid) {
    return !exists() && maker.compareAndSet("", podUid);
  }

  /** Options for the driver that makes the archive at its exit. */
  List<String> makeOptions(String podUid) {
    return List.of(
        "-XX:ArchiveClassesAtExit=" + draft(podUid), "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  /** To be told when a driver has ended: takes its archive over when it made a whole one. */
  void settle(String podUid, boolean succeeded) {
    maker.compareAndSet(podUid, "");
    Path draft = draft(podUid);
    try {
      if (Files.exists(draft) && succeeded && !exists()) {
        Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("Class-data archive made file={} bytes={}", archive, Files.size(archive));
      }
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      LOG.warn("Class-data archive cannot be kept file={}", archive, e);
    }
  }

  private Path draft(String podUid) {
    return archive.resolveSibling(archive.getFileName() + "." + podUid);
  }

  private static String key(SparkImage image) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    var text = new StringBuilder();
    text.append(System.getProperty("java.home")).append(System.getProperty("java.vm.version"));
    for (Path jar : image.jars()) {
      // The JVM compares exactly these when it opens an archive.
      text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar).toMillis());
    }
    byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 8);
  }
}
