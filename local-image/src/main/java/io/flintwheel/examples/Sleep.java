package io.flintwheel.examples;

import java.io.IOException;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** Starts Spark, does nothing for the seconds given as the first argument, and ends well. */
public final class Sleep {

  private Sleep() {}

  /**
   * Sleeps.
   *
   * @param args the seconds; 60 when left out
   * @throws InterruptedException when the driver is told to stop
   * @throws IOException when Spark cannot be closed
   */
  public static void main(String[] args) throws InterruptedException, IOException {
    var span = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 60);
    try (SparkSession spark = SparkSession.builder().appName("Sleep").getOrCreate()) {
      System.out.println("Sleeping " + span + " as " + spark.sparkContext().applicationId());
      Thread.sleep(span.toMillis());
      System.out.println("Awake");
    }
  }
}
