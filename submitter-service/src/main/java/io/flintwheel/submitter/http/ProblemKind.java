package io.flintwheel.submitter.http;

/** The errors of this interface. */
enum ProblemKind {
  BAD_REQUEST(400, "Bad Request"),
  TOO_LARGE(413, "Content Too Large"),
  REFUSED(422, "Unprocessable Content"),
  NOT_DURABLE(503, "Service Unavailable");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
