package io.flintwheel.scheduler;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.testing.PostgresTestResource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A database of the scheduler's, empty, without Quarkus around it. */
public final class SchedulerDatabase {

  /** One for each database and JVM: a new connection takes longer than most tests. */
  private static final Map<String, DataSource> POOLS = new ConcurrentHashMap<>();

  private final DataSource dataSource;

  private SchedulerDatabase(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public static SchedulerDatabase create(String name) {
    LocalPostgres postgres = PostgresTestResource.postgres();
    postgres.createDatabase(name);
    DataSource dataSource =
        POOLS.computeIfAbsent(
            name, key -> pool(postgres.jdbcUrl(name), postgres.username(), postgres.password()));
    Flyway flyway =
        Flyway.configure().dataSource(dataSource).cleanDisabled(false).loggers("slf4j").load();
    flyway.clean();
    flyway.migrate();
    return new SchedulerDatabase(dataSource);
  }

  private static DataSource pool(String url, String username, String password) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(12)
                          .acquisitionTimeout(Duration.ofSeconds(30))
                          .validateOnBorrow(true)
                          .connectionValidator(ConnectionValidator.defaultValidator())
                          .connectionFactoryConfiguration(
                              factory ->
                                  factory
                                      .jdbcUrl(url)
                                      .principal(new NamePrincipal(username))
                                      .credential(new SimplePassword(password)))));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
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
