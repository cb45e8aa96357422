package io.flintwheel.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The contract is what every part shares, so it must bring nothing along. */
class ArchitectureTest {

  private static final JavaClasses CONTRACT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.flintwheel.events");

  @Test
  void dependsOnTheJdkJacksonAndJspecifyAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.flintwheel.events..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .check(CONTRACT);
  }

  @Test
  void onlyTheCodecKnowsHowEventsLieInRecords() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.flintwheel.events.cloudevent")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.flintwheel.events.cloudevent")
        .check(CONTRACT);
  }

  @Test
  void aSpecificationKnowsNothingOfSchedules() {
    noClasses()
        .that()
        .resideInAPackage("io.flintwheel.events.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.flintwheel.events.schedule", "io.flintwheel.events.cloudevent")
        .check(CONTRACT);
  }
}
