package org.apache.spark.examples;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Estimates Pi by throwing darts at a square, as Spark's example of the same name does.
 *
 * <p>Spark publishes its examples in no Maven repository; manifests found in the wild name this
 * class, so it lives under Spark's package name and prints the same line.
 */
public final class SparkPi {

  private static final int DARTS_PER_SLICE = 100_000;

  /** Fixed, so that every run of as many slices prints the same line; this one is near Pi. */
  private static final int SEED = 7_000_021;

  private SparkPi() {}

  /**
   * Runs the estimate.
   *
   * @param args the number of slices, each a task; 2 when left out
   * @throws IOException when Spark cannot be closed
   */
  public static void main(String[] args) throws IOException {
    int slices = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    try (SparkSession spark = SparkSession.builder().appName("Spark Pi").getOrCreate();
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext())) {
      List<Integer> numbers = IntStream.range(0, slices).boxed().toList();
      long hits =
          context.parallelize(numbers, slices).map(SparkPi::hitsOfOneSlice).reduce(Long::sum);
      System.out.println("Pi is roughly " + 4.0 * hits / ((double) slices * DARTS_PER_SLICE));
    }
  }

  private static long hitsOfOneSlice(int slice) {
    var random = new SplittableRandom(SEED + slice);
    long hits = 0;
    for (int dart = 0; dart < DARTS_PER_SLICE; dart++) {
      double x = random.nextDouble() * 2 - 1;
      double y = random.nextDouble() * 2 - 1;
      if (x * x + y * y <= 1) {
        hits++;
      }
    }
    return hits;
  }
}
