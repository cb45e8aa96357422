package io.flintwheel.submitter.intake;

/** What this consumer has of a record's partition. */
interface Hold {

  /** True once another consumer may have it: nothing more is to be done for its records. */
  boolean isRevoked();

  /** Whether nobody else can have it; else it is worth asking again soon. */
  boolean isCertain();
}
