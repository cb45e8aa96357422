package io.flintwheel.scheduler.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventData;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.scheduler.database.Signal;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The table {@code outbox}. Every method works in its caller's transaction.
 *
 * <p>Rows of one key must be added while their subject's row is locked; then the order of ids is
 * the order in which the transactions commit.
 */
@Singleton
public class Outbox {

  /** As many as {@code outbox_shard} has rows. */
  static final int SHARDS = 16;

  private final EventCodec codec = new EventCodec();

  /** An event on its way to a topic. */
  public record Departure(String topic, Event<? extends EventData> event) {}

  /** Adds events, in this order, and wakes the relays when the transaction commits. */
  public void add(Connection connection, List<Departure> departures) throws SQLException {
    if (departures.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO outbox (shard, topic, record_key, headers, value)"
                + " VALUES (?, ?, ?, ?::json, ?)")) {
      for (Departure departure : departures) {
        EventRecord record = codec.encode(departure.event(), ContentMode.BINARY);
        String key = departure.event().data().recordKey();
        statement.setShort(1, shardOf(key));
        statement.setString(2, departure.topic());
        statement.setString(3, key);
        statement.setString(4, headers(record));
        statement.setBytes(5, record.value());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    Signal.OUTBOX.send(connection);
  }

  static short shardOf(String key) {
    return (short) Math.floorMod(key.hashCode(), SHARDS);
  }

  private static String headers(EventRecord record) {
    ObjectNode headers = EventJson.mapper().createObjectNode();
    record.headers().forEach(header -> headers.put(header.name(), header.text()));
    return headers.toString();
  }

  /**
   * Claims every shard that has unpublished rows and that no other relay works on.
   *
   * <p>Not {@code FOR UPDATE}: the foreign key of each row that is added locks its shard's row for
   * its key, and would wait for the claim, that is for Kafka.
   */
  List<Short> claimShards(Connection connection, Set<Short> except) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT shard FROM outbox_shard s WHERE NOT shard = ANY (?) AND EXISTS"
                + " (SELECT 1 FROM outbox o WHERE o.shard = s.shard AND o.published_at IS NULL)"
                + " FOR NO KEY UPDATE SKIP LOCKED")) {
      statement.setArray(1, connection.createArrayOf("smallint", except.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        List<Short> claimed = new ArrayList<>();
        while (rows.next()) {
          claimed.add(rows.getShort(1));
        }
        return claimed;
      }
    }
  }

  /**
   * The oldest unpublished rows of a shard that are not held back, in order. Rows that are must not
   * count against the limit: enough of them would keep all others from being read.
   */
  List<OutboxRow> pending(Connection connection, short shard, HeldBack heldBack, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id, topic, record_key, headers, value FROM outbox"
                + " WHERE shard = ? AND published_at IS NULL AND NOT topic = ANY (?)"
                + " AND NOT record_key = ANY (?) ORDER BY id LIMIT ?")) {
      statement.setShort(1, shard);
      statement.setArray(2, connection.createArrayOf("text", heldBack.topics().toArray()));
      statement.setArray(3, connection.createArrayOf("text", heldBack.keys().toArray()));
      statement.setInt(4, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<OutboxRow> pending = new ArrayList<>();
        while (rows.next()) {
          pending.add(
              new OutboxRow(
                  rows.getLong("id"),
                  rows.getString("topic"),
                  rows.getString("record_key"),
                  headers(rows.getString("headers")),
                  rows.getBytes("value")));
        }
        return pending;
      }
    }
  }

  private static ObjectNode headers(String json) {
    try {
      return (ObjectNode) EventJson.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column of type json holds none", e);
    }
  }

  void markPublished(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE outbox SET published_at = clock_timestamp() WHERE id = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }
}
