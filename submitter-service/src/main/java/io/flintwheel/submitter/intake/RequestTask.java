package io.flintwheel.submitter.intake;

import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.submitter.Silenced;
import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import io.flintwheel.submitter.kubernetes.ClusterUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** One record on its way through the handler, until all its effects are durable. */
final class RequestTask implements KeyLanes.Task {

  private static final Logger LOG = Logger.getLogger(RequestTask.class);

  /** How soon to look again whether everything before a cancel is committed. */
  private static final Duration COMMIT_CHECK = Duration.ofMillis(20);

  /** How soon to look again whether the broker has confirmed that the partition is ours. */
  private static final Duration HOLD_CHECK = Duration.ofMillis(50);

  /** A failure that nobody foresaw is believed after so many. */
  private static final int PATIENCE_WITH_DEFECTS = 5;

  private final ConsumerRecord<byte[], byte[]> record;
  private final Decoded decoded;
  private final OffsetTracker offsets;
  private final RequestHandler handler;
  private final Patience patience;
  private final IntakeMetrics.Started started;
  private final Hold hold;
  private int tries;
  private int refusals;
  private long firstRefusal;

  RequestTask(
      ConsumerRecord<byte[], byte[]> record,
      Decoded decoded,
      OffsetTracker offsets,
      Membership membership,
      RequestHandler handler,
      Patience patience,
      IntakeMetrics.Started started) {
    this.record = record;
    this.decoded = decoded;
    this.offsets = offsets;
    this.handler = handler;
    this.patience = patience;
    this.started = started;
    this.hold =
        new Hold() {
          @Override
          public boolean isRevoked() {
            return offsets.isRevoked();
          }

          @Override
          public boolean isCertain() {
            return membership.isCertain();
          }
        };
  }

  @Override
  public Optional<Duration> run() {
    if (!offsets.begin()) {
      started.abandoned();
      return Optional.empty();
    }
    try {
      return work();
    } finally {
      offsets.end();
    }
  }

  private Optional<Duration> work() {
    if (isCancel() && !offsets.allCommittedBefore(record.offset())) {
      // Else a crash would deliver the request again, after its cancel had removed the driver.
      return Optional.of(COMMIT_CHECK);
    }
    if (!hold.isCertain()) {
      return Optional.of(HOLD_CHECK);
    }
    Duration sinceFirst =
        refusals == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - firstRefusal);
    Delivery delivery = new Delivery(record, refusals, sinceFirst, patience, hold);
    tries++;
    try {
      finished(handler.handle(decoded, delivery));
      return Optional.empty();
    } catch (AbandonedException e) {
      started.abandoned();
      return Optional.empty();
    } catch (UncertainException e) {
      return later(HOLD_CHECK, e);
    } catch (ClusterUnavailableException e) {
      refusals = 0; // An API server that comes back refuses for a while what it will allow.
      Duration wait = longer(patience.backoff().after(tries), e.retryAfter().orElse(Duration.ZERO));
      return later(wait, e);
    } catch (NotDurableException e) {
      return later(patience.backoff().after(tries), e);
    } catch (ClusterRefusalException e) {
      // Thrown only while it may be passing.
      if (refusals == 0) {
        firstRefusal = System.nanoTime();
      }
      refusals++;
      return later(patience.backoff().after(tries), e);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // Errors of a request that nobody foresaw; the process is well.
      return tries < PATIENCE_WITH_DEFECTS
          ? later(patience.backoff().after(tries), Silenced.of(e))
          : giveUp(delivery, e);
    }
  }

  private Optional<Duration> giveUp(Delivery delivery, Throwable failure) {
    LOG.errorf(
        Silenced.of(failure),
        "a request goes to the dead letter topic because handling it fails;"
            + " partition=%d offset=%d tries=%d",
        record.partition(),
        record.offset(),
        tries);
    try {
      finished(handler.giveUp(decoded, delivery, failure));
      return Optional.empty();
    } catch (RuntimeException e) {
      return later(patience.backoff().after(tries), e);
    }
  }

  private void finished(HandledAs result) {
    offsets.finished(record.offset());
    started.finished(result);
  }

  private Optional<Duration> later(Duration wait, Throwable cause) {
    started.retried();
    // Once, not at each of what may be hundreds of tries.
    Logger.Level level = tries == 1 ? Logger.Level.WARN : Logger.Level.DEBUG;
    LOG.logf(
        level,
        "a request is handled again later; its offset stays uncommitted."
            + " partition=%d offset=%d tries=%d waitMillis=%d cause=%s",
        record.partition(),
        record.offset(),
        tries,
        wait.toMillis(),
        cause.getMessage());
    return Optional.of(wait);
  }

  private boolean isCancel() {
    return decoded instanceof Decoded.Message message
        && message.event().data() instanceof JobCancelRequested;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
