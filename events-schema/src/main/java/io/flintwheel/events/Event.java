package io.flintwheel.events;

import java.net.URI;
import java.time.Instant;

/**
 * A message with what CloudEvents calls its context.
 *
 * @param id deterministic; with {@code source} it identifies the event
 * @param source who tells it, for ours {@code urn:flintwheel:<cluster>:<service>}
 * @param time when the fact became true, or the command was given
 * @param data the message itself
 */
public record Event<T>(EventId id, URI source, Instant time, T data) {

  /** The source of one of Flintwheel's services. */
  public static URI source(String cluster, String service) {
    return URI.create("urn:flintwheel:" + cluster + ":" + service);
  }

  public <U extends T> Event<U> with(U other) {
    return new Event<>(id, source, time, other);
  }
}
