package io.flintwheel.scheduler.idempotency;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.Work;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Does the work of a request once per key. Key, work and answer are one transaction; two requests
 * with one key wait for each other in the database. Work that throws leaves the key free.
 */
@Singleton
public class IdempotencyKeys {

  private final Database database;

  public IdempotencyKeys(Database database) {
    this.database = database;
  }

  /** The key was used for another request. */
  public static final class KeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /**
   * Answers a request.
   *
   * @param key empty when the client gave none
   * @param request a digest of all that tells one request from another: operation, subject, body
   * @throws KeyReusedException when the key belongs to another request
   */
  public Answer once(Optional<String> key, String request, Work<Answer> work) {
    if (key.isEmpty()) {
      return database.inTransaction(work);
    }
    return database.inTransaction(
        connection -> {
          if (!claim(connection, key.get(), request)) {
            return earlier(connection, key.get(), request);
          }
          Answer answer = work.run(connection);
          remember(connection, key.get(), answer);
          return answer;
        });
  }

  private static boolean claim(Connection connection, String key, String request)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO idempotency_key (key, request_digest) VALUES (?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      statement.setString(1, key);
      statement.setString(2, request);
      return statement.executeUpdate() == 1;
    }
  }

  private static Answer earlier(Connection connection, String key, String request)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT request_digest, status, answer, etag FROM idempotency_key WHERE key = ?")) {
      statement.setString(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("the idempotency key was trimmed while it was used again");
        }
        if (!rows.getString("request_digest").equals(request)) {
          throw new KeyReusedException();
        }
        return new Answer(rows.getInt("status"), rows.getString("answer"), rows.getString("etag"));
      }
    }
  }

  private static void remember(Connection connection, String key, Answer answer)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE idempotency_key SET status = ?, answer = ?, etag = ? WHERE key = ?")) {
      statement.setInt(1, answer.status());
      statement.setString(2, answer.body());
      statement.setString(3, answer.etag());
      statement.setString(4, key);
      statement.executeUpdate();
    }
  }
}
