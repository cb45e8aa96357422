package io.flintwheel.scheduler;

import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.testing.PostgresTestResource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of the scheduler's, empty, without Quarkus around it. */
public final class SchedulerDatabase {

  private final DataSource dataSource;

  private SchedulerDatabase(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public static SchedulerDatabase create(String name) {
    LocalPostgres postgres = PostgresTestResource.postgres();
    postgres.createDatabase(name);
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(postgres.jdbcUrl(name));
    dataSource.setUser(postgres.username());
    dataSource.setPassword(postgres.password());
    Flyway flyway =
        Flyway.configure().dataSource(dataSource).cleanDisabled(false).loggers("slf4j").load();
    flyway.clean();
    flyway.migrate();
    return new SchedulerDatabase(dataSource);
  }

  /** Each caller gets one of its own, as each replica does. */
  public Database connect() {
    return new Database(dataSource);
  }

  /** The first column of a query, as texts. */
  public List<String> query(String sql) {
    return connect()
        .inTransaction(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql);
                  ResultSet rows = statement.executeQuery()) {
                List<String> column = new ArrayList<>();
                while (rows.next()) {
                  column.add(rows.getString(1));
                }
                return column;
              }
            });
  }

  public void execute(String sql) {
    connect()
        .inTransaction(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
              }
            });
  }
}
