package io.flintwheel.scheduler.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * What a request was answered.
 *
 * @param status the HTTP status
 * @param body a JSON document
 * @param etag of the schedule that the body shows; null when it shows none
 */
public record Answer(int status, String body, @Nullable String etag) {}
