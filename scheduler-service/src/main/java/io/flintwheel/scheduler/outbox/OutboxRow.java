package io.flintwheel.scheduler.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An event that waits to be published; headers are texts by name. */
@SuppressWarnings("ArrayRecordComponent") // Goes from the database to Kafka; a copy buys nothing.
record OutboxRow(long id, String topic, String key, ObjectNode headers, byte[] value) {}
