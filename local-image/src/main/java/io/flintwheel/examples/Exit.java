package io.flintwheel.examples;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Starts Spark and leaves with the exit code given as the first argument; 1 when left out. */
public final class Exit {

  private Exit() {}

  /**
   * Leaves.
   *
   * @param args the exit code, 0 to 255
   * @throws IOException when Spark cannot be closed
   */
  public static void main(String[] args) throws IOException {
    int exitCode = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    try (SparkSession spark = SparkSession.builder().appName("Exit").getOrCreate()) {
      System.out.println("Leaving " + spark.sparkContext().applicationId() + " with " + exitCode);
    }
    System.exit(exitCode);
  }
}
