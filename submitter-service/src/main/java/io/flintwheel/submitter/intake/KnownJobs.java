package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kubernetes.Cancellation;
import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import io.flintwheel.submitter.kubernetes.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What was said and done of a job before, by whatever knows it: its driver pods, this process, and
 * the topics. Where they differ, a pod that has ended tells what is right.
 */
@ApplicationScoped
class KnownJobs {

  private static final Logger LOG = Logger.getLogger(KnownJobs.class);

  /** For what was said meanwhile to be read. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Cancellation cancellation;
  private final RecentJobs recent;
  private final JobMemory memory;

  KnownJobs(Cancellation cancellation, RecentJobs recent, JobMemory memory) {
    this.cancellation = cancellation;
    this.recent = recent;
    this.memory = memory;
  }

  /** Stops a driver that was made while its job was cancelled elsewhere. */
  Standing standing(JobRequested request, Delivery delivery) {
    Standing here = recent.standing(request);
    if (here != Standing.OPEN) {
      return here;
    }
    return switch (memory.standing(request)) {
      case ANOTHER -> goesOn(request.jobId(), delivery) ? Standing.OPEN : Standing.ANOTHER;
      case CANCELLED ->
          stopUnlessEnded(request, delivery) ? Standing.CANCELLED : ran(request, delivery);
      default -> ran(request, delivery);
    };
  }

  private Standing ran(JobRequested request, Delivery delivery) {
    Optional<Settled> before = settled(request.jobId());
    if (before.isEmpty() || hasDriver(request, before.get(), delivery)) {
      return Standing.OPEN;
    }
    if (before.get().isOther(request)) {
      // A pod of another attempt can tell more of the conflict.
      return isSeen(request.jobId(), delivery) ? Standing.OPEN : Standing.RAN_AS_ANOTHER;
    }
    return request.attempt() <= before.get().lastAttempt() ? Standing.RAN : Standing.OPEN;
  }

  /** Whether the attempt's own driver pod is there, which then tells what is right. */
  private boolean hasDriver(JobRequested request, Settled before, Delivery delivery) {
    return before.mayHaveDriver(request.attempt())
        && isSeen(
            () ->
                cancellation.knows(
                    request.jobId(), request.attempt(), Optional.of(request.namespace())),
            delivery);
  }

  /** What became of a job, if it was taken to Kubernetes. */
  Optional<Settled> settled(JobId jobId) {
    return Stream.of(memory.settled(jobId), recent.settled(jobId))
        .flatMap(Optional::stream)
        .reduce(Settled::and);
  }

  /** Whether it was told what became of the attempt's submission, so that its end is told too. */
  boolean isSettled(JobRequested request) {
    return toldOf(request).isPresent();
  }

  /** The same of the job's last attempt. */
  boolean isSettled(JobId jobId) {
    return settled(jobId).filter(Settled::told).isPresent();
  }

  /** Whether it was told that this is the attempt's driver. */
  boolean isTold(JobRequested request, Submission.Submitted submitted) {
    return toldOf(request)
        .flatMap(Settled::uid)
        .filter(submitted.driver().uid()::equals)
        .isPresent();
  }

  private Optional<Settled> toldOf(JobRequested request) {
    return settled(request.jobId()).filter(known -> known.told(request.attempt()));
  }

  /** Whether it was told that the attempt could not be submitted, as far as was heard. */
  boolean wasToldAsFailed(JobRequested request) {
    return memory.couldNotBeMade(request.jobId(), request.attempt());
  }

  /**
   * What was decided of a request and is yet to be told: by this process, or by one that ended
   * before it could say what others have seen since.
   */
  Optional<Submission> untold(JobRequested request, Standing standing) {
    Optional<Submission> here =
        recent.untold(request).filter(decided -> !outdated(decided, request));
    return here.isPresent() || standing != Standing.RAN
        ? here
        : memory.settled(request.jobId()).flatMap(known -> known.untold(request.attempt()));
  }

  /** That it failed, when another replica has made the driver since and said so. */
  private boolean outdated(Submission decided, JobRequested request) {
    return decided instanceof Submission.Refused
        && memory
            .settled(request.jobId())
            .filter(heard -> heard.lastAttempt() == request.attempt() && heard.made().isPresent())
            .isPresent();
  }

  /** Whether anything is known of a job but requests. */
  boolean isKnown(JobId jobId, Delivery delivery) {
    return recent.isCancelled(jobId) || settled(jobId).isPresent() || isSeen(jobId, delivery);
  }

  /** Whether a driver pod of the job is there, ended or not. */
  boolean isSeen(JobId jobId, Delivery delivery) {
    return isSeen(() -> cancellation.knows(jobId, recent.namespace(jobId)), delivery);
  }

  private boolean goesOn(JobId jobId, Delivery delivery) {
    return isSeen(() -> cancellation.knowsUncancelled(jobId, recent.namespace(jobId)), delivery);
  }

  /** Whoever may not look does not know it. */
  private static boolean isSeen(BooleanSupplier look, Delivery delivery) {
    try {
      return look.getAsBoolean();
    } catch (ClusterRefusalException e) {
      if (!delivery.believes(e)) {
        throw e;
      }
      return false;
    }
  }

  /** False when there is a driver that had ended by itself, before the cancel. */
  private boolean stopUnlessEnded(JobRequested request, Delivery delivery) {
    boolean ended =
        isSeen(
            () -> {
              Cancellation.Outcome outcome = stop(request, "cancelled while it was submitted");
              return outcome.hadDriver() && !outcome.ended();
            },
            delivery);
    return !ended;
  }

  private Cancellation.Outcome stop(JobRequested request, String reason) {
    return cancellation.cancel(
        request.jobId(), Optional.of(request.namespace()), reason, request.attempt());
  }

  /**
   * To be asked before a driver is made.
   *
   * @throws AbandonedException when that is another replica's work
   * @throws UncertainException when it may be, or what others have said is not known
   */
  void requireCertainty(Delivery delivery) {
    delivery.requireHold();
    if (!memory.isFresh()) {
      throw new UncertainException("what was said of jobs lately is being read");
    }
  }

  /**
   * Takes back a driver that was made while others did something else: a cancel may have taken the
   * pod of before away. And when this process was frozen meanwhile, its partition may have gone to
   * another replica, which has done all that follows on it.
   */
  void takeBackIfDoneElsewhere(JobRequested request, Submission.Submitted made, Delivery delivery) {
    boolean certain = delivery.hold().isCertain();
    if (!memory.awaitAllUntilNow(LONGEST_WAIT)) {
      LOG.warnf(
          "a driver was made, and what was said of its job meanwhile is not known; if it is"
              + " cancelled, the sweep stops it; job=%s",
          request.jobId());
      return;
    }
    boolean cancelled = memory.standing(request) != Standing.OPEN;
    boolean second = !certain && memory.hadOtherDriver(request, made.driver().uid());
    if (cancelled || second) {
      var unused =
          stop(request, cancelled ? "cancelled while it was submitted" : "it had run before");
    }
  }
}
