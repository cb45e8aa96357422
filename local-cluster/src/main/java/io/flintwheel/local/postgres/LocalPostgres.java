package io.flintwheel.local.postgres;

import io.flintwheel.local.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server as a child process, on 127.0.0.1, whose data outlive it.
 *
 * <p>The password is fixed and no secret: it keeps an application honest about sending one.
 */
public final class LocalPostgres implements AutoCloseable {

  private static final String USER = "flintwheel";
  private static final String PASSWORD = "flintwheel";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);
  private static final int MOST_REVIVALS = 20;
  private static final Duration REVIVAL_PAUSE = Duration.ofMillis(500);

  private static final Executor REVIVERS =
      work -> {
        Thread thread = new Thread(work, "postgres-revival");
        thread.setDaemon(true);
        thread.start();
      };

  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final Path data;
  private final Path log;
  private final int port;
  private final PostgresCommand command;
  private @Nullable Process server;

  private LocalPostgres(Path directory, int port, PostgresCommand command) {
    this.data = directory.resolve("data");
    this.log = directory.resolve("postgres.log");
    this.port = port;
    this.command = command;
  }

  /**
   * Starts a server, and returns when it takes connections.
   *
   * <p>A server that a killed process left behind on the same data is stopped first.
   *
   * @param directory where its data and log are, or will be
   * @param port 0 takes a free one and keeps it over restarts
   */
  public static LocalPostgres start(Path directory, int port) {
    try {
      Files.createDirectories(directory);
      LocalPostgres postgres =
          new LocalPostgres(
              directory.toAbsolutePath(),
              LoopbackPort.orFree(port),
              new PostgresCommand(PostgresBinaries.unpacked()));
      postgres.initialise();
      postgres.restart();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL in " + directory, e);
    }
  }

  /** The JDBC URL of a database on this server. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public String username() {
    return USER;
  }

  public String password() {
    return PASSWORD;
  }

  /** Makes a database unless it exists. */
  public void createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "database name '" + name + "' must match " + DATABASE_NAME.pattern());
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
  }

  /** Starts it, or starts it again on the same port with the data it had. */
  public synchronized void restart() {
    stop();
    try {
      stopLeftover();
      Process starting =
          command.start(
              log, "postgres", ServerSettings.arguments(data, port).toArray(String[]::new));
      awaitConnections(starting);
      server = starting;
      var unused = starting.onExit().thenAcceptAsync(this::revive, REVIVERS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL on port " + port, e);
    }
  }

  /** A server that was killed is started again: whoever uses it cannot do that. */
  private void revive(Process ended) {
    boolean told = ended.exitValue() == 0;
    for (int tries = 1; !told && isMissed(ended); tries++) {
      LOG.warn("PostgreSQL has ended and is started again exitCode={}", ended.exitValue());
      try {
        reviveNow(ended);
      } catch (UncheckedIOException e) {
        // What a killed server leaves in shared memory goes with the last of its processes.
        if (tries == MOST_REVIVALS) {
          LOG.error("PostgreSQL cannot be started again log={}", log, e);
          return;
        }
        LockSupport.parkNanos(REVIVAL_PAUSE.toNanos());
      }
    }
  }

  private synchronized boolean isMissed(Process ended) {
    return server == ended;
  }

  private synchronized void reviveNow(Process ended) {
    if (server != ended) {
      return;
    }
    try {
      restart();
    } finally {
      // Missed on, unless there is another now.
      server = server == null ? ended : server;
    }
  }

  /** Stops it and keeps its data; {@link #restart()} brings it back. Open connections are cut. */
  public synchronized void stop() {
    Process running = server;
    server = null;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      command.run(log, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "20");
    } catch (IOException e) {
      // Its crash recovery makes this safe.
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void initialise() throws IOException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    Path passwordFile = Files.createTempFile("flintwheel-", ".password");
    try {
      Files.writeString(passwordFile, PASSWORD);
      command.run(
          log,
          "initdb",
          "--pgdata=" + data,
          "--username=" + USER,
          "--pwfile=" + passwordFile,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync",
          "--no-instructions");
    } finally {
      Files.delete(passwordFile);
    }
  }

  private void stopLeftover() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    if (serves(pid)) {
      command.run(log, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "20");
    }
    // A file that names a stranger would make PostgreSQL refuse to start.
    Files.deleteIfExists(pidFile);
  }

  private boolean serves(long pid) throws IOException {
    Path commandLine = Path.of("/proc/" + pid + "/cmdline");
    return Files.exists(commandLine) && Files.readString(commandLine).contains(data.toString());
  }

  private void awaitConnections(Process starting) throws IOException {
    boolean ready = false;
    try {
      awaitReady(starting);
      ready = true;
    } finally {
      if (!ready) {
        // Nobody else knows of it, so nobody else would stop it.
        starting.destroyForcibly();
      }
    }
  }

  private void awaitReady(Process starting) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try (Connection connection = connect()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("PostgreSQL takes no connections; see " + log, e);
        }
      }
      pause(starting);
    }
  }

  private void pause(Process starting) throws IOException {
    try {
      if (starting.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "PostgreSQL ended with exit code " + starting.exitValue() + "; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl("postgres"), USER, PASSWORD);
  }
}
