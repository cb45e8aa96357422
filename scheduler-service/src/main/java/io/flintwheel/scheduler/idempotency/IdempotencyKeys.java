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
   * @param scope which operation the key belongs to
   * @param key empty when the client gave none
   * @param bodyDigest tells one request from another
   * @throws KeyReusedException when the key belongs to another request
   */
  public Answer once(String scope, Optional<String> key, String bodyDigest, Work<Answer> work) {
    if (key.isEmpty()) {
      return database.inTransaction(work);
    }
    return database.inTransaction(
        connection -> {
          if (!claim(connection, scope, key.get(), bodyDigest)) {
            return earlier(connection, scope, key.get(), bodyDigest);
          }
          Answer answer = work.run(connection);
          remember(connection, scope, key.get(), answer);
          return answer;
        });
  }

  private static boolean claim(Connection connection, String scope, String key, String bodyDigest)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO idempotency_key (scope, key, body_digest) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      statement.setString(1, scope);
      statement.setString(2, key);
      statement.setString(3, bodyDigest);
      return statement.executeUpdate() == 1;
    }
  }

  private static Answer earlier(Connection connection, String scope, String key, String bodyDigest)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT body_digest, status, answer FROM idempotency_key WHERE scope = ? AND key = ?")) {
      statement.setString(1, scope);
      statement.setString(2, key);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("the idempotency key was trimmed while it was used again");
        }
        if (!rows.getString("body_digest").equals(bodyDigest)) {
          throw new KeyReusedException();
        }
        return new Answer(rows.getInt("status"), rows.getString("answer"));
      }
    }
  }

  private static void remember(Connection connection, String scope, String key, Answer answer)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE idempotency_key SET status = ?, answer = ? WHERE scope = ? AND key = ?")) {
      statement.setInt(1, answer.status());
      statement.setString(2, answer.body());
      statement.setString(3, scope);
      statement.setString(4, key);
      statement.executeUpdate();
    }
  }
}
