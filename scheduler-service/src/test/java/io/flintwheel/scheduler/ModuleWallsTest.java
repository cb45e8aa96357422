package io.flintwheel.scheduler;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ModuleWallsTest {

  private static final String ROOT = "io.flintwheel.scheduler.";

  private final JavaClasses scheduler =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.flintwheel.scheduler");

  @Test
  void dependsOnNoSiblingServiceAndNoCluster() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.flintwheel.status..",
            "io.flintwheel.submitter..",
            "io.flintwheel.local..",
            "io.fabric8..",
            "org.apache.spark..")
        .check(scheduler);
  }

  @Test
  void decidesTimesWithTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + "cron..", ROOT + "recurrence..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(ROOT + "cron..", ROOT + "recurrence..", "java..", "org.jspecify.."))
        .check(scheduler);
  }

  @Test
  void touchesKafkaInTwoPackagesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "outbox..", ROOT + "health..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..")
        .check(scheduler);
  }

  @Test
  void keepsHttpAtTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "http..", "jakarta.ws.rs..")
        .check(scheduler);
  }
}
