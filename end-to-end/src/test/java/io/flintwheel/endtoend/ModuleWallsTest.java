package io.flintwheel.endtoend;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see whom. The build holds the same walls between modules; these are finer. */
class ModuleWallsTest {

  private static final String SPARK = "org.apache.spark..";
  private static final String HADOOP = "org.apache.hadoop..";

  @Test
  void sparkIsSeenByOnePackageOfTheSubmitterAlone() {
    noClasses()
        .that(not(resideInAPackage("io.flintwheel.submitter.spark..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage(SPARK, HADOOP))
        .check(production("submitter-service"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events-schema",
        "service-http",
        "local-cluster",
        "status-service",
        "scheduler-service",
        "cli",
        "test-support"
      })
  void sparkIsSeenNowhereElse(String module) {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage(SPARK, HADOOP))
        .check(production(module));
  }

  @ParameterizedTest
  @CsvSource({
    "submitter-service, io.flintwheel.submitter..",
    "status-service, io.flintwheel.status..",
    "scheduler-service, io.flintwheel.scheduler.."
  })
  void serviceKnowsNothingOfOursButTheContractAndTheFrontDoor(String module, String own) {
    classes()
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.flintwheel.."))
                .or(resideInAnyPackage(own, "io.flintwheel.events..", "io.flintwheel.http..")))
        .check(production(module));
  }

  @Test
  void frontDoorKnowsNothingOfOursButTheContract() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.flintwheel.."))
                .or(resideInAnyPackage("io.flintwheel.http..", "io.flintwheel.events..")))
        .check(production("service-http"));
  }

  @Test
  void contractDependsOnNoFramework() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..", "io.flintwheel.events..", "com.fasterxml.jackson..", "org.jspecify.."))
        .check(production("events-schema"));
  }

  @Test
  void schedulerDoesNotTouchPods() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAPackage("io.fabric8.."))
        .check(production("scheduler-service"));
  }

  private static JavaClasses production(String module) {
    Path classes = Path.of(System.getProperty("flintwheel.root"), module, "target", "classes");
    return new ClassFileImporter().importPath(classes);
  }
}
