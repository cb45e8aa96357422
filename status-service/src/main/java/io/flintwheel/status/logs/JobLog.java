package io.flintwheel.status.logs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A log for a reader, who closes it.
 *
 * @param cut true when the driver wrote more before what is here, although more was asked for
 * @param incomplete true when this was kept while the driver ran and nothing newer can be had, so
 *     that the driver may have written more, before it and after it
 */
public record JobLog(InputStream content, boolean cut, boolean incomplete) {

  /** What the pod has. */
  static JobLog live(LogEnd end) {
    return of(end, false);
  }

  /** What was kept, or its end. */
  static JobLog kept(LogEnd end, boolean complete) {
    return of(end, !complete);
  }

  private static JobLog of(LogEnd end, boolean incomplete) {
    return new JobLog(new ByteArrayInputStream(end.content()), end.cut(), incomplete);
  }
}
