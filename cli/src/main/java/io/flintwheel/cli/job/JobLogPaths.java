package io.flintwheel.cli.job;

import io.flintwheel.events.job.JobId;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Where the status-service has a job's log.
 *
 * @param attempt from 1; empty for the current one
 * @param tail only so many of the last lines; empty for all that is kept
 */
record JobLogPaths(JobId job, Optional<Integer> attempt, OptionalInt tail) {

  /** Says so when the head of a log tells that it was not kept whole. */
  static Consumer<HttpHeaders> tellingLoss(Consumer<String> trouble) {
    return headers -> {
      if (headers.firstValue("flintwheel-log-incomplete").isPresent()) {
        trouble.accept(
            "The pod is gone, or cannot be asked now: this was kept while the driver ran, and it may have written more.");
      }
    };
  }

  /** The log as it is now. */
  String now() {
    return path(false, tail);
  }

  /** The log, and what comes. */
  String followed() {
    return path(true, tail);
  }

  /** All that is kept of the log, as it is now. */
  String allNow() {
    return path(false, OptionalInt.empty());
  }

  /** All that is kept of the log, and what comes. */
  String allFollowed() {
    return path(true, OptionalInt.empty());
  }

  private String path(boolean follow, OptionalInt lines) {
    return "/api/v1/jobs/%s/logs?follow=%s%s%s"
        .formatted(
            job,
            follow,
            lines.isPresent() ? "&tail=" + lines.getAsInt() : "",
            attempt.map(number -> "&attempt=" + number).orElse(""));
  }
}
