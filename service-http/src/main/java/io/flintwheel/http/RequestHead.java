package io.flintwheel.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is so wrong with the head of a request that it reaches no resource: servers answer these
 * without a word.
 */
final class RequestHead {

  /** The longest URI that is taken, in bytes. */
  static final int LONGEST_URI = 8 * 1024;

  private static final int EXCERPT = 8;
  private static final String URI_RULE =
      "characters other than letters, digits and -._~ written as the %XX of their UTF-8 bytes, '%'"
          + " itself as %25";

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern MEDIA_RANGE =
      Pattern.compile(
          "(\\*|TOKEN/TOKEN)(\\s*;\\s*(?![qQ]\\s*=)TOKEN=(TOKEN|\"[^\"]*\")|\\s*;\\s*[qQ]=(\\d+\\.?\\d*|\\.\\d+))*"
              .replace("TOKEN", TOKEN));

  private RequestHead() {}

  /** The problem of a URI that cannot be read, with the place, or that is too long. */
  static Optional<ProblemDetails> problemOfUri(String uri) {
    if (uri.length() > LONGEST_URI) {
      return Optional.of(
          ProblemDetails.of(
              414, new Problem("", "the URI is too long", "at most " + LONGEST_URI + " bytes")));
    }
    try {
      var unused = new URI(uri);
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of(
          ProblemDetails.of(
              400, new Problem("", "the URI cannot be read" + place(uri, e.getIndex()), URI_RULE)));
    }
  }

  private static String place(String uri, int index) {
    if (index < 0 || index >= uri.length()) {
      return "";
    }
    String excerpt = uri.substring(index, Math.min(uri.length(), index + EXCERPT));
    return " at character %d, '%s'"
        .formatted(index + 1, excerpt.replaceAll("\\p{Cntrl}", "\ufffd"));
  }

  /**
   * The problem of a body that is longer than what is taken.
   *
   * @param contentLength the header; nothing is known of the body when it is absent
   * @param most in bytes
   */
  static Optional<ProblemDetails> problemOfLength(@Nullable String contentLength, long most) {
    long length = bytes(contentLength);
    return length <= most
        ? Optional.empty()
        : Optional.of(
            ProblemDetails.of(
                413,
                new Problem(
                    "",
                    "the body has "
                        + (length == Long.MAX_VALUE ? "too many" : String.valueOf(length))
                        + " bytes",
                    "at most " + most + " bytes")));
  }

  private static long bytes(@Nullable String contentLength) {
    try {
      return contentLength == null ? 0 : Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * The problem of an {@code Accept} that holds what is no media type.
   *
   * @param accepted the values of the header; blank ones ask for nothing and are no problem
   */
  static Optional<ProblemDetails> problemOfAccept(List<String> accepted) {
    boolean readable =
        accepted.stream().allMatch(String::isBlank)
            || accepted.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .allMatch(range -> MEDIA_RANGE.matcher(range.strip()).matches());
    return readable
        ? Optional.empty()
        : Optional.of(
            ProblemDetails.of(
                400, new Problem("Accept", "it has no media types", "such as application/json")));
  }
}
