package io.flintwheel.status.http;

import io.flintwheel.status.projection.ChangeFeed;
import io.flintwheel.status.projection.StoreUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Turns ticks of the feed into events. Every tick asks for what is new, so a slow reader skips what
 * is outdated, and a database that is away delays a stream without ending it.
 */
final class JobStream {

  private static final Logger LOG = Logger.getLogger(JobStream.class);
  private static final String NAME = "job";
  private static final int RECONNECT_MILLIS = 1000;

  private final ChangeFeed feed;
  private final StreamConfig config;

  JobStream(ChangeFeed feed, StreamConfig config) {
    this.feed = feed;
    this.config = config;
  }

  Multi<OutboundSseEvent> events(Sse sse, Changes changes, Function<JobDocument, String> text) {
    OutboundSseEvent end = sse.newEventBuilder().comment("end").build();
    Silence silence = new Silence(config.heartbeatEvery());
    return feed.ticks()
        .emitOn(Infrastructure.getDefaultWorkerPool(), 1)
        .map(
            tick -> {
              List<OutboundSseEvent> events = next(changes, sse, text);
              if (silence.isTooLong(!events.isEmpty())) {
                events.add(sse.newEventBuilder().comment("alive").build());
              }
              if (changes.isOver()) {
                events.add(end);
              }
              return events;
            })
        .onItem()
        .transformToMultiAndConcatenate(events -> Multi.createFrom().iterable(events))
        .select()
        .first(event -> event != end);
  }

  private static List<OutboundSseEvent> next(
      Changes changes, Sse sse, Function<JobDocument, String> text) {
    List<OutboundSseEvent> events = new ArrayList<>();
    try {
      for (Changes.Change change : changes.next()) {
        events.add(
            sse.newEventBuilder()
                .name(NAME)
                .id(Long.toString(change.number()))
                .reconnectDelay(RECONNECT_MILLIS)
                .data(String.class, text.apply(change.job()))
                .build());
      }
    } catch (StoreUnavailable e) {
      LOG.debug("a stream waits for the database", e);
    }
    return events;
  }

  /** For how long a stream has said nothing; one thread at a time. */
  private static final class Silence {

    private final long most;
    private long since = System.nanoTime();

    Silence(Duration most) {
      this.most = most.toNanos();
    }

    boolean isTooLong(boolean spoken) {
      boolean tooLong = !spoken && System.nanoTime() - since > most;
      if (spoken || tooLong) {
        since = System.nanoTime();
      }
      return tooLong;
    }
  }
}
