package io.flintwheel.events.cloudevent;

/** What a dead letter has beside the key, the value and the headers that it came with. */
public final class DeadLetterHeaders {

  /** A stable code: a {@link Decoded.Reason}, or the reason of who refused a readable request. */
  public static final String REASON = "dead-letter-reason";

  /** What is wrong, with the field, for people. */
  public static final String MESSAGE = "dead-letter-message";

  /** The topic that the record stood on. */
  public static final String TOPIC = "dead-letter-topic";

  /** The partition that the record stood in. */
  public static final String PARTITION = "dead-letter-partition";

  /** The record's offset in that partition. */
  public static final String OFFSET = "dead-letter-offset";

  /**
   * Only on a letter that is not whole, because the record was larger than any topic takes: how
   * many bytes key, value and headers had.
   */
  public static final String TRUNCATED = "dead-letter-truncated";

  /** Only on a letter that is not whole: how many of those bytes it lacks. */
  public static final String CUT_BYTES = "dead-letter-cut-bytes";

  private DeadLetterHeaders() {}
}
