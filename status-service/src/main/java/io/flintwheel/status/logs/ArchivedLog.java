package io.flintwheel.status.logs;

/**
 * The end of a log.
 *
 * @param content as the driver wrote it
 * @param complete false when the driver could have written more since
 * @param cut true when there was more before
 */
@SuppressWarnings("ArrayRecordComponent") // Up to a mebibyte; nobody compares or changes it.
record ArchivedLog(byte[] content, boolean complete, boolean cut) {

  /** The last lines. */
  byte[] tail(int lines) {
    int end = content.length;
    int from = end;
    int seen = content.length > 0 && content[end - 1] == '\n' ? -1 : 0;
    while (from > 0) {
      if (content[from - 1] == '\n' && ++seen == lines) {
        break;
      }
      from--;
    }
    return java.util.Arrays.copyOfRange(content, from, end);
  }
}
