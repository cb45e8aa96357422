package io.flintwheel.testing;

import io.flintwheel.local.postgres.LocalPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
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
