package io.flintwheel.submitter.spark;

import io.flintwheel.events.spark.ApplicationType;
import java.util.List;

/**
 * What the driver runs.
 *
 * @param sparkVersion what the image is said to hold; this library's own version is never told
 * @param mainClass of Java and Scala; ignored for Python and R, which have runners
 * @param mainFile a URI that the driver can open
 */
public record Application(
    ApplicationType type,
    String sparkVersion,
    String mainClass,
    String mainFile,
    List<String> arguments) {

  public Application {
    arguments = List.copyOf(arguments);
  }

  boolean isJvm() {
    return type == ApplicationType.JAVA || type == ApplicationType.SCALA;
  }
}
