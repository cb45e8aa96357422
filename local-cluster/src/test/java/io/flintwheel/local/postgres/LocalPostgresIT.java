package io.flintwheel.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {

  @TempDir Path directory;

  @Test
  void keepsRowsAndItsAddressOverARestart() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(directory.resolve("with space"), 0)) {
      postgres.createDatabase("flintwheel_status");
      postgres.createDatabase("flintwheel_status");
      String url = postgres.jdbcUrl("flintwheel_status");
      execute(postgres, url, "CREATE TABLE kept (word text)");
      execute(postgres, url, "INSERT INTO kept VALUES ('still here')");

      postgres.restart();

      assertThat(postgres.jdbcUrl("flintwheel_status")).isEqualTo(url);
      assertThat(select(postgres, url, "SELECT word FROM kept")).isEqualTo("still here");
    }
  }

  @Test
  void takesOverFromAServerThatAKilledProcessLeftBehind() throws Exception {
    try (LocalPostgres leftBehind = LocalPostgres.start(directory, 0)) {
      execute(leftBehind, leftBehind.jdbcUrl("postgres"), "CREATE TABLE kept (word text)");

      try (LocalPostgres next = LocalPostgres.start(directory, 0)) {
        assertThat(select(next, next.jdbcUrl("postgres"), "SELECT count(*) FROM kept"))
            .isEqualTo("0");
      }
    }
  }

  @Test
  void comesBackWithItsRowsWhenItIsKilled() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      String url = postgres.jdbcUrl("postgres");
      execute(postgres, url, "CREATE TABLE kept (word text)");
      long pid = postmaster();

      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(() -> postmaster() != pid && select(postgres, url, "SELECT 1").equals("1"));
      assertThat(select(postgres, url, "SELECT count(*) FROM kept")).isEqualTo("0");
    }
  }

  @Test
  void staysStoppedWhenItWasStopped() throws Exception {
    LocalPostgres postgres = LocalPostgres.start(directory, 0);

    postgres.stop();

    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    assertThatThrownBy(() -> select(postgres, postgres.jdbcUrl("postgres"), "SELECT 1"))
        .isInstanceOf(SQLException.class);
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0).strip());
  }

  @Test
  void startsBesideAPidFileThatNamesAStranger() throws Exception {
    LocalPostgres.start(directory, 0).close();
    Path pidFile = directory.resolve("data/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + directory + "\n");

    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      assertThat(select(postgres, postgres.jdbcUrl("postgres"), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void demandsThePassword() {
    try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      postgres.jdbcUrl("postgres"), postgres.username(), "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  private static void execute(LocalPostgres postgres, String url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, postgres.username(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String select(LocalPostgres postgres, String url, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, postgres.username(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
