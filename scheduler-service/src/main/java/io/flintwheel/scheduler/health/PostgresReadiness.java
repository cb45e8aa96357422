package io.flintwheel.scheduler.health;

import io.flintwheel.http.DependencyProbe;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.database.Schema;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL answers, takes writes and has our schema. */
@Readiness
@ApplicationScoped
class PostgresReadiness implements HealthCheck {

  private final Database database;
  private final Schema schema;
  private final DependencyProbe probe = new DependencyProbe("postgresql", this::ask);

  PostgresReadiness(Database database, Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  void start(@Observes StartupEvent event) {
    probe.start();
  }

  @Override
  public HealthCheckResponse call() {
    return probe.response();
  }

  private Map<String, String> ask() {
    try {
      if (!database.inTransaction(PostgresReadiness::takesWrites)) {
        throw new IllegalStateException(DatabaseException.NO_WRITES);
      }
    } catch (DatabaseException e) {
      // Without its cause, whose words say less.
      throw new IllegalStateException(e.reason());
    }
    if (!schema.ready()) {
      throw new IllegalStateException("schema not migrated");
    }
    return Map.of();
  }

  private static boolean takesWrites(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SHOW transaction_read_only");
        ResultSet answer = statement.executeQuery()) {
      return !answer.next() || !answer.getString(1).equals("on");
    }
  }

  @PreDestroy
  void close() {
    probe.close();
  }
}
