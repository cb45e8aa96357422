package io.flintwheel.submitter.kubernetes;

/** Kubernetes refuses it and will refuse it again. */
public final class ClusterRefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  ClusterRefusalException(int code, String reason, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** Kubernetes' word for it, such as {@code Forbidden} or {@code Invalid}. */
  public String reason() {
    return reason;
  }

  /** About what the submitter may do, and not about what the job asks for. */
  public boolean isAboutRights() {
    String message = String.valueOf(getMessage());
    return code == 403
        && !message.contains("quota")
        && !message.contains("admission")
        && !message.contains("violates")
        && !isAboutServiceAccount()
        && !message.contains("being terminated");
  }

  /** The job's service account is not there; the API server has looked twice. */
  boolean isAboutServiceAccount() {
    return code == 403 && String.valueOf(getMessage()).contains("looking up service account");
  }

  /** Permissions are unknown for a moment after an API server has started. */
  public boolean mayBePassing() {
    return code == 403;
  }
}
