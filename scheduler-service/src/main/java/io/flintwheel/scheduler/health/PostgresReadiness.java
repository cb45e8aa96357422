package io.flintwheel.scheduler.health;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.database.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL answers, takes writes and has our schema. */
@Readiness
@ApplicationScoped
class PostgresReadiness implements HealthCheck {

  private static final String NAME = "postgresql";

  private final Database database;
  private final Schema schema;

  PostgresReadiness(Database database, Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      if (!database.inTransaction(PostgresReadiness::takesWrites)) {
        return down(DatabaseException.NO_WRITES);
      }
    } catch (DatabaseException e) {
      return down(e.reason());
    }
    return schema.ready() ? HealthCheckResponse.up(NAME) : down("schema not migrated");
  }

  private static boolean takesWrites(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SHOW transaction_read_only");
        ResultSet answer = statement.executeQuery()) {
      return !answer.next() || !answer.getString(1).equals("on");
    }
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
