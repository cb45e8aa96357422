package io.flintwheel.scheduler.idempotency;

/**
 * What a request was answered.
 *
 * @param status the HTTP status
 * @param body a JSON document
 */
public record Answer(int status, String body) {}
