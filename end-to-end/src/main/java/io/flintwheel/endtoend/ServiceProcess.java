package io.flintwheel.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One packaged service as a process of its own; it can be killed and started again on the same
 * port, as a supervisor would.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final FlintwheelService service;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final ServiceHttp http;
  private @Nullable Process process;

  /**
   * Prepares it without starting it.
   *
   * @param command what runs it, with all JVM flags
   * @param environment its whole environment but for PATH
   * @param log where its output goes; appended to at every start
   */
  public ServiceProcess(
      FlintwheelService service,
      List<String> command,
      Map<String, String> environment,
      int port,
      Path log) {
    this.service = service;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.http = new ServiceHttp(URI.create("http://127.0.0.1:" + port));
  }

  public FlintwheelService service() {
    return service;
  }

  public ServiceHttp http() {
    return http;
  }

  public Path log() {
    return log;
  }

  /** Starts it and returns at once. */
  public void start() {
    if (isAlive()) {
      throw new IllegalStateException(service.module() + " runs already");
    }
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    builder.environment().putAll(environment);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Files.createDirectories(log.getParent());
      Process started = builder.start();
      process = started;
      // A test run that is interrupted leaves no service behind.
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + service.module(), e);
    }
  }

  /** Waits until it is ready, or tells why it is not. */
  public ServiceProcess awaitReady() {
    Awaitility.await(service.module() + " is ready")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .failFast(service.module() + " exited; see " + log, () -> !isAlive())
        .until(http::isReady);
    return this;
  }

  /** kill -9. Returns when it is gone. */
  public void kill() {
    running().destroyForcibly();
    awaitExit();
  }

  /** SIGTERM; SIGKILL when it does not end in time. */
  public void stop() {
    Process running = running();
    running.destroy();
    try {
      if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public long pid() {
    return running().pid();
  }

  @Override
  public void close() {
    if (isAlive()) {
      stop();
    }
  }

  private void awaitExit() {
    try {
      running().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(service.module() + " was never started");
    }
    return process;
  }
}
