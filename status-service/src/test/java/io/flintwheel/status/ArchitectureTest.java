package io.flintwheel.status;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know which outside system. */
class ArchitectureTest {

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.flintwheel.status");

  @Test
  void knowsNoSparkAndNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..",
            "io.flintwheel.submitter..",
            "io.flintwheel.scheduler..",
            "io.flintwheel.local..")
        .check(SERVICE);
  }

  @Test
  void keepsWhatAJobIsFreeOfEverythingOutside() {
    classes()
        .that()
        .resideInAPackage("..status.job..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "io.flintwheel.events..", "io.flintwheel.status.job..")
        .check(SERVICE);
  }

  @Test
  void leavesKafkaToOneClassOfEachFeature() {
    noClasses()
        .that()
        .doNotHaveSimpleName("EventConsumer")
        .and()
        .doNotHaveSimpleName("KafkaFactSink")
        .and()
        .doNotHaveSimpleName("Dependencies")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(SERVICE);
  }

  @Test
  void leavesTheDatabaseToProjectionAndLogs() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..projection..", "..logs..", "..health..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
        .check(SERVICE);
  }

  @Test
  void leavesKubernetesToWatchLogsAndHealth() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..watch..", "..logs..", "..health..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(SERVICE);
  }
}
