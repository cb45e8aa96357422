package io.flintwheel.status.http;

import io.flintwheel.status.projection.ChangeFeed;
import io.flintwheel.status.projection.StoreUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Turns ticks of the feed into events. Every tick asks for what is new, so a slow reader skips what
 * is outdated, and a database that is away delays a stream without ending it. A thread is held only
 * while the database is asked.
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
    OutboundSseEvent alive = sse.newEventBuilder().comment("alive").build();
    Multi<OutboundSseEvent> told =
        feed.ticks()
            .onItem()
            .transformToMultiAndConcatenate(
                tick -> whatIsNew(changes, change -> event(sse, change, text), end))
            .onCompletion()
            .continueWith(end);
    // On a clock of their own: a database that is away must not look like a dead connection.
    Multi<OutboundSseEvent> heartbeats =
        Multi.createFrom()
            .ticks()
            .every(config.heartbeatEvery())
            .onOverflow()
            .drop()
            .onItem()
            .transform(beat -> alive);
    return Multi.createBy()
        .merging()
        .streams(told, heartbeats)
        .select()
        .first(event -> event != end);
  }

  private static Multi<OutboundSseEvent> whatIsNew(
      Changes changes, Function<Changes.Change, OutboundSseEvent> event, OutboundSseEvent end) {
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Uni.createFrom()
                    .item(() -> next(changes, event, end))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .whilst(events -> changes.hasMore())
        .onItem()
        .transformToMultiAndConcatenate(events -> Multi.createFrom().iterable(events));
  }

  private static List<OutboundSseEvent> next(
      Changes changes, Function<Changes.Change, OutboundSseEvent> event, OutboundSseEvent end) {
    List<OutboundSseEvent> events = new ArrayList<>();
    try {
      changes.next().forEach(change -> events.add(event.apply(change)));
    } catch (StoreUnavailable e) {
      LOG.debug("a stream waits for the database");
    }
    if (changes.isOver()) {
      events.add(end);
    }
    return events;
  }

  private static OutboundSseEvent event(
      Sse sse, Changes.Change change, Function<JobDocument, String> text) {
    return sse.newEventBuilder()
        .name(NAME)
        .id(Long.toString(change.number()))
        .reconnectDelay(RECONNECT_MILLIS)
        .data(String.class, text.apply(change.job()))
        .build();
  }
}
