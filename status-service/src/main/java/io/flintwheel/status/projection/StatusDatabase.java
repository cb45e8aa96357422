package io.flintwheel.status.projection;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on the tables of this service; each fails in one way while these cannot be asked. */
@ApplicationScoped
public class StatusDatabase {

  /** Reads what a statement selected. */
  @FunctionalInterface
  public interface Rows<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Anything that needs a connection. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private final DataSource database;
  private final SchemaMigration schema;

  StatusDatabase(DataSource database, SchemaMigration schema) {
    this.database = database;
    this.schema = schema;
  }

  /** What a statement selects. */
  public <T> T query(String sql, Rows<T> rows, @Nullable Object... parameters)
      throws StoreUnavailable {
    return ask(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            Sql.bind(select, parameters);
            try (ResultSet row = select.executeQuery()) {
              return rows.read(row);
            }
          }
        });
  }

  /** Executes a statement that changes rows; returns how many. */
  public int update(String sql, @Nullable Object... parameters) throws StoreUnavailable {
    return ask(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            Sql.bind(update, parameters);
            return update.executeUpdate();
          }
        });
  }

  <T> T ask(Question<T> question) throws StoreUnavailable {
    schema.requireDone();
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new StoreUnavailable(e);
    }
  }
}
