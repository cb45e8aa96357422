package io.flintwheel.scheduler.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private final List<String> calls = new ArrayList<>();

  @Test
  void tellsAnOutageWhenTheDriverMeetsAnEndedConnectionInABatch() {
    Database database = new Database(dataSource());

    assertThatThrownBy(
            () ->
                database.inTransaction(
                    connection -> {
                      throw new AssertionError("executeBatch");
                    }))
        .isInstanceOfSatisfying(
            DatabaseException.class, failure -> assertThat(failure.outage()).isTrue());

    assertThat(calls).contains("rollback", "close").doesNotContain("commit");
  }

  private DataSource dataSource() {
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  calls.add(method.getName());
                  return null;
                });
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> connection);
  }
}
