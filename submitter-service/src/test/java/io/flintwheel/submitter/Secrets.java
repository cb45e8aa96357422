package io.flintwheel.submitter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A value that nobody may see, and an ear at the log. */
public final class Secrets {

  public static final String SECRET = "hunter2-AKIA5EXAMPLE";

  private Secrets() {}

  /** All that this process logs, at any level, as text with stack traces. */
  public static final class Log extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("io.flintwheel.submitter");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level before = LOGGER.getLevel();

    public Log() {
      LOGGER.addHandler(this);
      LOGGER.setLevel(Level.ALL);
    }

    public List<String> lines() {
      return lines;
    }

    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      text.append(new SimpleFormatter().formatMessage(record)).append(record.getMessage());
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOGGER.removeHandler(this);
      LOGGER.setLevel(before);
    }
  }
}
