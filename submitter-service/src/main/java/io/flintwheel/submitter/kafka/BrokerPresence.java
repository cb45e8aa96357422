package io.flintwheel.submitter.kafka;

/** Whether the broker answers, as readiness tells it. */
public interface BrokerPresence {

  /** True when it answered the last question and has the topics; it is asked every few seconds. */
  boolean isUp();
}
