package io.flintwheel.examples;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Starts Spark and throws an exception whose message is the first argument. */
public final class Throw {

  private Throw() {}

  /**
   * Throws.
   *
   * @param args the exception's message
   * @throws IOException when Spark cannot be closed
   */
  public static void main(String[] args) throws IOException {
    String message = args.length > 0 ? args[0] : "thrown on purpose";
    try (SparkSession spark = SparkSession.builder().appName("Throw").getOrCreate()) {
      throw new IllegalStateException(message + " in " + spark.sparkContext().applicationId());
    }
  }
}
