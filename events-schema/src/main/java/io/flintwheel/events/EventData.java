package io.flintwheel.events;

/** What an event carries: the subject it is about, its type and the key of its record. */
public interface EventData {

  /** The CloudEvents type, {@code io.flintwheel.<subject>.<past participle>.v1}. */
  String type();

  /** The key of the record: everything under one key is in order, nothing else is promised. */
  String recordKey();
}
