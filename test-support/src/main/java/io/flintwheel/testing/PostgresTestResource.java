package io.flintwheel.testing;

import io.flintwheel.local.postgres.LocalPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a database of its own on a real PostgreSQL; one server for the whole
 * JVM.
 *
 * <p>Argument {@code database}: its name, by default {@value #DATABASE}.
 */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

  /** The database that tests get unless they name one. */
  public static final String DATABASE = "flintwheel_test";

  private static @Nullable LocalPostgres postgres;

  private String database = DATABASE;

  /** The running server; started by the first who asks. */
  public static synchronized LocalPostgres postgres() {
    if (postgres == null) {
      Path directory = ScratchDirectory.create("postgres");
      LocalPostgres started = LocalPostgres.start(directory, 0);
      ScratchDirectory.deleteAtExit(directory, started::close);
      postgres = started;
    }
    return postgres;
  }

  /** From now on sessions of a database can only read, and those that there were are ended. */
  public static void makeReadOnly(String database) {
    run(
        "ALTER DATABASE " + database + " SET default_transaction_read_only = on",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'");
  }

  /** New sessions can write again; those that there are stay as they are. */
  public static void makeWritable(String database) {
    run("ALTER DATABASE " + database + " RESET default_transaction_read_only");
  }

  private static void run(String... statements) {
    LocalPostgres server = postgres();
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.username(), server.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void init(Map<String, String> arguments) {
    database = arguments.getOrDefault("database", DATABASE);
  }

  @Override
  public Map<String, String> start() {
    LocalPostgres server = postgres();
    server.createDatabase(database);
    return Map.of(
        "quarkus.datasource.jdbc.url", server.jdbcUrl(database),
        "quarkus.datasource.username", server.username(),
        "quarkus.datasource.password", server.password());
  }

  /** Leaves it to the tests of other profiles in this JVM. */
  @Override
  public void stop() {}
}
