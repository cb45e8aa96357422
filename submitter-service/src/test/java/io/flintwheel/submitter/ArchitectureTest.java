package io.flintwheel.submitter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The walls inside the service. */
class ArchitectureTest {

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.flintwheel.submitter");

  @Test
  void keepsSparkInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..submitter.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(SERVICE);
  }

  @Test
  void reachesSparkThroughOneInterface() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..submitter.spark")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("SparkDriverBuilder")
        .check(SERVICE);
  }

  @Test
  void speaksToTheApiServerInOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("KubernetesCluster")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
        .check(SERVICE);
  }

  @Test
  void keepsPolicyFreeOfKafkaAndKubernetes() {
    noClasses()
        .that()
        .resideInAnyPackage("..submitter.policy", "..submitter.review")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "io.fabric8.kubernetes.client.dsl..", "jakarta.ws.rs..")
        .check(SERVICE);
  }

  @Test
  void hasNoCyclesBetweenFeatures() {
    SlicesRuleDefinition.slices()
        .matching("io.flintwheel.submitter.(*)..")
        .should()
        .beFreeOfCycles()
        .check(SERVICE);
  }
}
