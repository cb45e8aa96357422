package io.flintwheel.local.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a process node runs.
 *
 * @param kubeconfig the cluster to join, with the right to be a node there
 * @param pki a directory with the cluster's {@code ca.crt} and {@code ca.key}, from which the node
 *     takes its serving certificate
 * @param image Spark laid out as {@code /opt/spark}
 * @param workDirectory where the node keeps its pods' files and logs; one node at a time
 * @param name the node's name
 * @param userJars what {@code local:///opt/spark/user} stands for; the image's own when absent
 * @param jvmFlags options for drivers' and executors' JVMs, before the job's own
 * @param drivers how many Spark drivers run at once; further ones wait as Pending
 * @param cpus how many CPUs the pods that run at once may request; more than the machine has is
 *     fine, Spark's processes wait a lot
 * @param memoryMebibytes how much memory the pods that run at once may request
 */
public record ProcessNodeConfig(
    Path kubeconfig,
    Path pki,
    Path image,
    Path workDirectory,
    String name,
    Optional<Path> userJars,
    List<String> jvmFlags,
    int drivers,
    int cpus,
    long memoryMebibytes) {

  /**
   * Short-lived JVMs on a busy machine: the quick compiler and a collector without threads. With
   * that compiler alone a JVM reserves 48 MB for code, too little for the code that Spark SQL
   * generates, and stops compiling when it is full: so it gets what a JVM reserves by default.
   */
  public static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC");

  private static final int CPU_FACTOR = 4;
  private static final int DRIVER_FACTOR = 2;
  private static final int LEAST_CPUS = 8;
  private static final long MEBIBYTE = 1024L * 1024;

  /**
   * @throws IllegalArgumentException naming what is wrong
   */
  public ProcessNodeConfig {
    jvmFlags = List.copyOf(jvmFlags);
    workDirectory = workDirectory.toAbsolutePath();
    image = image.toAbsolutePath();
    userJars = userJars.map(Path::toAbsolutePath);
    if (!name.matches("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException("name is not a node's name: " + name);
    }
    requireFile("kubeconfig", kubeconfig);
    requireFile("pki", pki.resolve("ca.crt"));
    requireFile("pki", pki.resolve("ca.key"));
    if (drivers < 1) {
      throw new IllegalArgumentException("drivers is " + drivers + ": at least 1");
    }
    if (cpus <= drivers) {
      throw new IllegalArgumentException(
          "cpus is " + cpus + ": more than drivers (" + drivers + "), or no executor would run");
    }
    if (memoryMebibytes < 1) {
      throw new IllegalArgumentException("memoryMebibytes is " + memoryMebibytes + ": at least 1");
    }
  }

  /** A node named {@code local} that lends what this machine has. */
  public static ProcessNodeConfig of(Path kubeconfig, Path pki, Path image, Path workDirectory) {
    return new ProcessNodeConfig(
        kubeconfig,
        pki,
        image,
        workDirectory,
        "local",
        Optional.empty(),
        QUICK_START,
        DRIVER_FACTOR * Runtime.getRuntime().availableProcessors(),
        Math.max(LEAST_CPUS, CPU_FACTOR * Runtime.getRuntime().availableProcessors()),
        machineMemory());
  }

  /** The same with another name. */
  public ProcessNodeConfig named(String other) {
    return new ProcessNodeConfig(
        kubeconfig,
        pki,
        image,
        workDirectory,
        other,
        userJars,
        jvmFlags,
        drivers,
        cpus,
        memoryMebibytes);
  }

  /** The same with a directory for the user's own jars. */
  public ProcessNodeConfig withUserJars(Path directory) {
    return new ProcessNodeConfig(
        kubeconfig,
        pki,
        image,
        workDirectory,
        name,
        Optional.of(directory),
        jvmFlags,
        drivers,
        cpus,
        memoryMebibytes);
  }

  /** The same with other options for Spark's JVMs. */
  public ProcessNodeConfig withJvmFlags(List<String> flags) {
    return new ProcessNodeConfig(
        kubeconfig,
        pki,
        image,
        workDirectory,
        name,
        userJars,
        flags,
        drivers,
        cpus,
        memoryMebibytes);
  }

  /** The same with other bounds on what runs at once. */
  public ProcessNodeConfig withRoom(int driverCount, int cpuCount, long mebibytes) {
    return new ProcessNodeConfig(
        kubeconfig,
        pki,
        image,
        workDirectory,
        name,
        userJars,
        jvmFlags,
        driverCount,
        cpuCount,
        mebibytes);
  }

  private static void requireFile(String what, Path file) {
    if (!Files.isReadable(Objects.requireNonNull(file, what))) {
      throw new IllegalArgumentException(what + " cannot be read: " + file);
    }
  }

  private static long machineMemory() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize() / MEBIBYTE
        : 16 * 1024L;
  }
}
