package io.flintwheel.testing;

/** The broker of a test, which an outage test can take away and bring back. */
public interface TestKafka extends AutoCloseable {

  /** Stays the same over an outage. */
  String bootstrapServers();

  /** Takes it away; its data stay. */
  void stop();

  /** Brings it back on the same address. */
  void restart();

  /** Takes it away for good. */
  @Override
  void close();
}
