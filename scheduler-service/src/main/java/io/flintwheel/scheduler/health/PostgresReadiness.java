package io.flintwheel.scheduler.health;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.database.Schema;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether PostgreSQL answers and has our schema. */
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
      database.inTransaction(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
              return statement.execute();
            }
          });
    } catch (DatabaseException e) {
      return HealthCheckResponse.named(NAME)
          .down()
          .withData("reason", String.valueOf(e.getCause().getMessage()))
          .build();
    }
    return schema.ready()
        ? HealthCheckResponse.up(NAME)
        : HealthCheckResponse.named(NAME).down().withData("reason", "schema not migrated").build();
  }
}
