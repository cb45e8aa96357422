package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.testing.PostgresTestResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Logs that were kept by attempt. */
class LogMigrationIT {

  private final PGSimpleDataSource database = new PGSimpleDataSource();

  @Test
  void givesTheLogOfAnAttemptToItsDriver() throws Exception {
    LocalPostgres server = PostgresTestResource.postgres();
    server.createDatabase("flintwheel_log_migration");
    database.setUrl(server.jdbcUrl("flintwheel_log_migration"));
    database.setUser(server.username());
    database.setPassword(server.password());
    database.setCurrentSchema("status");
    flyway().target("4").load().migrate();
    execute(
        """
        INSERT INTO job (job_id, change, updated_at, namespace, state, attempt, labels)
          VALUES ('pi', 1, now(), 'default', 'SUCCEEDED', 2, '{}');
        INSERT INTO attempt (job_id, attempt, state, driver_uid, warnings, problems)
          VALUES ('pi', 1, 'FAILED', 'uid-1', '[]', '[]'), ('pi', 2, 'REQUESTED', NULL, '[]', '[]');
        INSERT INTO attempt_log (job_id, attempt, captured_at, complete, cut, content)
          VALUES ('pi', 1, now(), true, false, 'one'), ('pi', 2, now(), true, false, 'two');
        """);

    flyway().load().migrate();

    assertThat(keptLogs()).containsExactly("pi 1 uid-1 one");
  }

  private FluentConfiguration flyway() {
    return Flyway.configure().dataSource(database).defaultSchema("status");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> keptLogs() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT concat_ws(' ', job_id, attempt, driver_uid, convert_from(content, 'UTF8'))"
                    + " FROM attempt_log")) {
      List<String> logs = new ArrayList<>();
      while (row.next()) {
        logs.add(row.getString(1));
      }
      return logs;
    }
  }
}
