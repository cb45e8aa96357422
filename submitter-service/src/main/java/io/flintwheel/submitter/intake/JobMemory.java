package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.flintwheel.submitter.kubernetes.CancelledAttempts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * What the topics say of jobs whose pods are gone: which are cancelled, which have had a driver,
 * and which could have none. Whoever removed the pods may have been another replica, this one
 * before it was started again, or somebody with kubectl; so every replica reads all partitions, as
 * far back as it is told to.
 */
@ApplicationScoped
class JobMemory implements CancelledAttempts {

  private static final Logger LOG = Logger.getLogger(JobMemory.class);
  private static final int FIRST = 1000;

  private static final Set<String> SETTLING =
      Set.of(
          JobSubmitted.TYPE,
          JobSubmissionFailed.TYPE,
          JobRunning.TYPE,
          JobSucceeded.TYPE,
          JobFailed.TYPE,
          JobLost.TYPE);

  /** The longest that something may have been said and is not known, while work is begun. */
  private static final Duration GAP = Duration.ofSeconds(3);

  private final TopicReader reader;
  private final HeardJobs heard = new HeardJobs();
  private final EventCodec codec = new EventCodec();
  private volatile boolean started;

  JobMemory(KafkaConnection connection, IntakeConfig config, Clock clock) {
    reader =
        new TopicReader(
            List.of(Topics.JOB_REQUESTS, Topics.JOB_EVENTS),
            config.jobMemory(),
            connection,
            Patience.of(config).backoff(),
            clock,
            this::hear);
  }

  /** Before requests are taken. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    started = true;
    reader.start();
  }

  void stop(@Observes ShutdownEvent event) {
    reader.stop();
  }

  /** What a request is in the light of the cancels on the topic. */
  Standing standing(JobRequested request) {
    return heard.standing(request);
  }

  /** What became of a job, wherever its pod is now. */
  Optional<Settled> settled(JobId jobId) {
    return heard.settled(jobId);
  }

  /** Whether the attempt has had another driver than this. */
  boolean hadOtherDriver(JobRequested request, String uid) {
    return heard
        .settled(request.jobId())
        .filter(before -> before.lastAttempt() >= request.attempt())
        .flatMap(Settled::uid)
        .filter(before -> !before.equals(uid))
        .isPresent();
  }

  @Override
  public Optional<String> reasonToStop(JobId jobId, int attempt) {
    return heard.cancelReason(jobId, attempt);
  }

  @Override
  public boolean couldNotBeMade(JobId jobId, int attempt) {
    return heard.settled(jobId).filter(known -> known.failed(attempt)).isPresent();
  }

  @Override
  public boolean isOver(JobId jobId, int attempt) {
    return heard
        .settled(jobId)
        .filter(known -> known.lastAttempt() > attempt || known.failed(attempt))
        .isPresent();
  }

  /** Whether all that was said until some moments ago is known. */
  boolean isFresh() {
    return !started || reader.age().compareTo(GAP) < 0;
  }

  /** Waits until all that was said before this is known; false when it is not in time. */
  boolean awaitAllUntilNow(Duration atMost) {
    return !started || reader.awaitAllUntilNow(atMost);
  }

  /**
   * Waits until what was on the topics at the start is known. While it cannot be read no request is
   * lost, and none can be told from one that comes again.
   *
   * @param goesOn given what is read or why not, asked now and then; false ends the wait
   */
  void awaitPast(Predicate<String> goesOn) throws InterruptedException {
    while (started && goesOn.test(reader.progress()) && !reader.awaitFirst()) {
      // It is asked again.
    }
  }

  void hear(ConsumerRecord<byte[], byte[]> record) {
    if (UnopenedRecord.is(record) || isOfNoInterest(record)) {
      return;
    }
    Decoded decoded = codec.decode(PollLoop.eventRecord(record), Instant.EPOCH);
    if (decoded instanceof Decoded.Message message) {
      try {
        hear(message.event().data(), message.event().time(), RecordPlace.of(record));
      } catch (RuntimeException e) {
        // Anybody may have written it, and reading goes on.
        LOG.warnf(
            "an event tells nothing of its job, a part of it is missing; place=%s cause=%s",
            RecordPlace.of(record), e.getClass().getSimpleName());
      }
    }
  }

  private void hear(JobMessage message, Instant at, RecordPlace place) {
    if (message instanceof JobRequested request) {
      heard.requested(request, place);
    } else if (message instanceof JobCancelRequested cancel) {
      heard.cancelled(cancel, place);
    } else if (message instanceof JobSubmitted submitted) {
      heard.submitted(submitted, at);
    } else if (message instanceof JobSubmissionFailed failed) {
      heard.failed(failed);
    } else if (message instanceof JobRunning running) {
      heard.ran(running, running.driver(), at);
    } else if (message instanceof JobSucceeded succeeded) {
      heard.ran(succeeded, succeeded.driver(), at);
    } else if (message instanceof JobFailed failed) {
      heard.ran(failed, failed.driver(), at);
    } else if (message instanceof JobLost lost) {
      heard.ran(lost, lost.driver(), at);
    }
  }

  /** Most events are of executors; what they are is seen without reading them. */
  private static boolean isOfNoInterest(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    return record.topic().equals(Topics.JOB_EVENTS)
        && type != null
        && type.value() != null
        && !SETTLING.contains(new String(type.value(), StandardCharsets.UTF_8));
  }
}
