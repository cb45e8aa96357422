package io.flintwheel.status.logs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A log for a reader, who closes it.
 *
 * @param cut true when the driver wrote more before what is here, although more was asked for
 */
public record JobLog(InputStream content, boolean cut) {

  static JobLog of(LogEnd end) {
    return new JobLog(new ByteArrayInputStream(end.content()), end.cut());
  }
}
