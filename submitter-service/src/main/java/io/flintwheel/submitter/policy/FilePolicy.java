package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where a job's files may be. Spark takes whatever has no scheme, the scheme {@code file}, or no
 * valid syntax for a file of the submitter, to be uploaded. An address is not quoted: it can hold a
 * password.
 */
public final class FilePolicy {

  private static final String EXPECTED =
      "an address that the driver can open, such as local:///opt/spark/jars/x.jar (in the image),"
          + " https://, s3a:// or hdfs://; a blank in it is written as %20";

  private FilePolicy() {}

  /** One file. */
  public static Optional<Problem> check(String field, String file) {
    if (file.contains(",")) {
      return Optional.of(
          Rule.DRIVER_REACHES_FILES.refuses(field, "one file is asked for, not a list", EXPECTED));
    }
    return isForDriver(file)
        ? Optional.empty()
        : Optional.of(
            Rule.DRIVER_REACHES_FILES.refuses(field, "the driver cannot open this file", EXPECTED));
  }

  static Optional<Problem> checkList(String field, String files) {
    for (String file : files.split(",", -1)) {
      if (!file.isBlank() && !isForDriver(file.strip())) {
        return check(field, file.strip());
      }
    }
    return Optional.empty();
  }

  private static boolean isForDriver(String file) {
    try {
      String scheme = new URI(file).getScheme();
      return scheme != null && !scheme.equalsIgnoreCase("file");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
