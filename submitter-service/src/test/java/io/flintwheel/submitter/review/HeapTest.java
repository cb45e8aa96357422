package io.flintwheel.submitter.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.spark.DriverRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A driver's memory as its JVM has to get it, whose bare number would be bytes. */
class HeapTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '"700"', 700m
          512m,    512m
          1G,      1g
          2gb,     2g
          524288K, 524288k
          64T,     64t
          """)
  void givesAFieldInAUnitOfTheJvm(String memory, String heap) {
    DriverRequest driver = Reviewers.admitted(Requests.sparkPiWith("driver.memory", memory));

    assertThat(driver.conf()).containsEntry("spark.driver.memory", heap);
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024m", "1073741824b, 1048576k", "' 1g ', 1g"})
  void givesAKeyOfTheConfigurationInAUnitOfTheJvm(String memory, String heap) {
    DriverRequest driver =
        Reviewers.admitted(Requests.sparkPiConfigured("spark.driver.memory", memory));

    assertThat(driver.conf()).containsEntry("spark.driver.memory", heap);
  }
}
