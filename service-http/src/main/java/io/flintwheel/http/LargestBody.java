package io.flintwheel.http;

/**
 * The longest body that a service takes; each has one bean of this type.
 *
 * @param bytes not more than {@code quarkus.http.limits.max-body-size}, beyond which the server
 *     answers without a word
 */
public record LargestBody(long bytes) {

  public LargestBody {
    if (bytes < 1) {
      throw new IllegalArgumentException("a service takes bodies of at least 1 byte: " + bytes);
    }
  }
}
