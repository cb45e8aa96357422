package io.flintwheel.local.apiserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Failures that a test makes on purpose. Thread-safe; reachable from code alone, never over HTTP.
 * Verbs are those of RBAC ({@code get list watch create update patch delete deletecollection});
 * {@code *} stands for every verb or resource.
 */
public final class Faults {

  /** Any verb or any resource. */
  public static final String ANY = "*";

  /** When a request is failed: before it has an effect, or after. */
  public enum When {
    BEFORE,
    /** The effect has happened and its answer is lost. */
    AFTER
  }

  /**
   * What happens to one request.
   *
   * @param retryAfter zero for no Retry-After header
   */
  public record Fault(int status, Duration retryAfter, When when) {}

  private static final class Planned {
    private final String verb;
    private final String resource;
    private final Fault fault;
    private int left;

    Planned(int left, String verb, String resource, Fault fault) {
      this.left = left;
      this.verb = verb;
      this.resource = resource;
      this.fault = fault;
    }

    boolean concerns(String otherVerb, String otherResource) {
      return (verb.equals(ANY) || verb.equals(otherVerb))
          && (resource.equals(ANY) || resource.equals(otherResource));
    }
  }

  private final List<Planned> planned = new ArrayList<>();
  private final Runnable watchDropper;
  private Duration latency = Duration.ZERO;

  Faults(Runnable watchDropper) {
    this.watchDropper = watchDropper;
  }

  /** Delays every request from now on; zero ends it. */
  public synchronized Faults latency(Duration each) {
    this.latency = each;
    return this;
  }

  /**
   * Fails the next requests of a kind before they have an effect.
   *
   * @param status such as 409, 429, 500, 503
   */
  public Faults failNext(int count, String verb, String resource, int status) {
    return failNext(count, verb, resource, status, Duration.ZERO);
  }

  /**
   * Fails the next requests of a kind, telling the client when to come back.
   *
   * @param retryAfter shown to the client in whole seconds
   */
  public synchronized Faults failNext(
      int count, String verb, String resource, int status, Duration retryAfter) {
    planned.add(new Planned(count, verb, resource, new Fault(status, retryAfter, When.BEFORE)));
    return this;
  }

  /** Carries out the next requests of a kind and cuts the connection instead of answering. */
  public synchronized Faults loseNextAnswers(int count, String verb, String resource) {
    planned.add(new Planned(count, verb, resource, new Fault(0, Duration.ZERO, When.AFTER)));
    return this;
  }

  /** Cuts every open watch. */
  public Faults dropWatches() {
    watchDropper.run();
    return this;
  }

  /** Forgets everything that has not happened yet. */
  public synchronized Faults clear() {
    planned.clear();
    latency = Duration.ZERO;
    return this;
  }

  public synchronized Duration latency() {
    return latency;
  }

  /** The fault for a request, used up by asking. */
  public synchronized Optional<Fault> take(String verb, String resource) {
    Iterator<Planned> each = planned.iterator();
    while (each.hasNext()) {
      Planned next = each.next();
      if (next.concerns(verb, resource)) {
        next.left--;
        if (next.left <= 0) {
          each.remove();
        }
        return Optional.of(next.fault);
      }
    }
    return Optional.empty();
  }
}
