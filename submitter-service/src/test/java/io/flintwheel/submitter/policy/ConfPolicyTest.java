package io.flintwheel.submitter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.spark.DriverIdentity;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps T1 to T5 of running Spark's builder inside a service, key by key. */
class ConfPolicyTest {

  private static final DriverIdentity IDENTITY =
      new DriverIdentity(new JobId("etl"), 2, "default", "etl");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.kubernetes.kerberos.krb5.path, no-submitter-files
          spark.kubernetes.kerberos.krb5.configMapName, no-submitter-files
          spark.kubernetes.kerberos.tokenSecret.name, no-submitter-files
          spark.kerberos.keytab, no-submitter-files
          spark.kerberos.principal, no-submitter-files
          spark.kerberos.renewal.credentials, no-submitter-files
          spark.yarn.keytab, no-submitter-files
          spark.yarn.principal, no-submitter-files
          spark.kubernetes.authenticate.driver.caCertFile, no-submitter-files
          spark.kubernetes.authenticate.driver.clientKeyFile, no-submitter-files
          spark.kubernetes.authenticate.driver.clientCertFile, no-submitter-files
          spark.kubernetes.authenticate.driver.oauthToken, no-submitter-files
          spark.kubernetes.authenticate.driver.mounted.oauthTokenFile, no-submitter-files
          spark.kubernetes.authenticate.submission.oauthTokenFile, no-submitter-files
          spark.kubernetes.authenticate.submission.caCertFile, no-submitter-files
          spark.kubernetes.authenticate.executor.oauthToken, no-submitter-files
          spark.kubernetes.authenticate.caCertFile, no-submitter-files
          spark.kubernetes.authenticate.driver.serviceAccountName.x, no-submitter-files
          spark.kubernetes.driver.podTemplateFile, no-submitter-files
          spark.kubernetes.executor.podTemplateFile, no-submitter-files
          spark.kubernetes.driver.podTemplateContainerName, no-submitter-files
          spark.kubernetes.executor.podTemplateContainerName, no-submitter-files
          spark.kubernetes.file.upload.path, no-submitter-files
          spark.home, no-submitter-files
          spark.kubernetes.driver.pod.featureSteps, no-submitter-classes
          spark.kubernetes.executor.pod.featureSteps, no-submitter-classes
          spark.kubernetes.driver.pod.excludedFeatureSteps, no-submitter-classes
          spark.kubernetes.executor.pod.excludedFeatureSteps, no-submitter-classes
          spark.security.credentials.hive.enabled, no-submitter-classes
          spark.master, no-foreign-endpoints
          spark.submit.deployMode, no-foreign-endpoints
          spark.kubernetes.context, no-foreign-endpoints
          spark.kubernetes.driver.master, no-foreign-endpoints
          spark.kubernetes.trust.certificates, no-foreign-endpoints
          spark.kubernetes.submitInDriver, no-foreign-endpoints
          spark.kubernetes.submission.waitAppCompletion, no-foreign-endpoints
          spark.kubernetes.executor.podNamePrefix, names-follow-the-job
          spark.kubernetes.driver.resourceNamePrefix, names-follow-the-job
          spark.kubernetes.driver.pod.name, names-follow-the-job
          spark.app.id, names-follow-the-job
          spark.driver.host, names-follow-the-job
          spark.driver.bindAddress, names-follow-the-job
          spark.kubernetes.namespace, stay-in-namespace
          spark.kubernetes.driver.volumes.hostPath.root.mount.path, stay-in-namespace
          spark.kubernetes.driver.volumes.hostPath.root.options.path, stay-in-namespace
          spark.kubernetes.executor.volumes.hostPath.root.mount.path, stay-in-namespace
          spark.kubernetes.driver.label.flintwheel.io/job-id, reserved-labels
          spark.kubernetes.executor.label.flintwheel.io/job-id, reserved-labels
          spark.kubernetes.driver.label.app.kubernetes.io/managed-by, reserved-labels
          spark.kubernetes.executor.label.spark-role, reserved-labels
          spark.kubernetes.driver.service.label.spark-app-selector, reserved-labels
          spark.kubernetes.driver.annotation.flintwheel.io/request, reserved-labels
          spark.kubernetes.executor.volumes.persistentVolumeClaim.d.label.flintwheel.io/job-id, reserved-labels
          spark.kubernetes.driver.volumes.persistentVolumeClaim.d.annotation.flintwheel.io/request, reserved-labels
          spark.kubernetes.driver.annotation.flintwheel.io/cancel-requested, reserved-labels
          """)
  void refusesByRule(String key, String rule) {
    List<Problem> problems = ConfPolicy.check(Map.of(key, "secret-value"), IDENTITY);

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + key + "]");
              assertThat(problem.message()).startsWith("rule " + rule + ": ");
              assertThat(problem.message()).doesNotContain("secret-value");
              assertThat(problem.expected()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "spark.kubernetes.executor.decommissionLabel, flintwheel.io/job-id",
    "spark.kubernetes.executor.decommissionLabel, ' spark-role '",
    "spark.kubernetes.executor.decommmissionLabel, spark-app-selector"
  })
  void refusesAReservedLabelThatAValueNames(String key, String label) {
    List<Problem> problems = ConfPolicy.check(Map.of(key, label), IDENTITY);

    assertThat(problems)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("rule reserved-labels: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles"})
  void refusesFilesOfTheSubmitterInLists(String key) {
    List<Problem> problems =
        ConfPolicy.check(Map.of(key, "local:///ok.jar, /var/run/secrets/token"), IDENTITY);

    assertThat(problems)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("rule driver-reaches-files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.kubernetes.driver.volumes.emptyDir.(a+)+.mount.path",
        "spark.kubernetes.executor.volumes.emptyDir.A.mount.path",
        "spark.kubernetes.driver.volumes.emptyDir",
        "spark.x\nspark.kubernetes.driver.podTemplateFile"
      })
  void refusesKeysThatSparkWouldMisread(String key) {
    List<Problem> problems = ConfPolicy.check(Map.of(key, "x"), IDENTITY);

    assertThat(problems).hasSize(1);
  }

  @Test
  void refusesReferencesToOtherValues() {
    List<Problem> problems = ConfPolicy.check(Map.of("spark.a", "${spark.b}${spark.b}"), IDENTITY);

    assertThat(problems).singleElement().extracting(Problem::message).asString().contains("${");
  }

  @Test
  void refusesPropertiesOfThisProcess() {
    List<Problem> problems =
        ConfPolicy.check(
            Map.of("spark.kubernetes.container.image", "x:${system:kafka.password}"), IDENTITY);

    assertThat(problems)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("replaced in the submitter");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.kubernetes.namespace, default
          spark.kubernetes.driver.pod.name, etl-r2-driver
          spark.kubernetes.authenticate.driver.serviceAccountName, anybody
          spark.kubernetes.authenticate.executor.serviceAccountName, anybody
          spark.driver.extraJavaOptions, -Dx=y
          spark.driver.extraClassPath, /opt/spark/user/*
          spark.plugins, com.example.Plugin
          spark.sql.extensions, com.example.Extensions
          spark.hadoop.fs.s3a.endpoint, http://minio:9000
          spark.kubernetes.driver.volumes.emptyDir.cache.mount.path, /cache
          spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName, data
          spark.kubernetes.driver.secrets.etl, /etc/etl
          spark.kubernetes.driver.label.team, billing
          spark.kubernetes.driver.annotation.prometheus.io/scrape, true
          spark.kubernetes.node.selector.disk, ssd
          spark.kubernetes.executor.decommissionLabel, example.com/leaves
          spark.kubernetes.executor.volumes.persistentVolumeClaim.d.label.team, billing
          spark.jars, 'local:///a.jar,https://repo.example.com/b.jar,s3a://jars/c.jar'
          spark.eventLog.dir, s3a://logs
          """)
  void admitsWhatActsInTheDriver(String key, String value) {
    List<Problem> problems = ConfPolicy.check(Map.of(key, value), IDENTITY);

    assertThat(problems).isEmpty();
  }

  @Property
  void refusesWhateverStandsBehindADangerousPrefix(
      @ForAll @AlphaChars @StringLength(min = 1, max = 30) String rest) {
    Map<String, String> conf =
        Map.of(
            "spark.kubernetes.kerberos." + rest, "x",
            "spark.kerberos." + rest, "x",
            "spark.kubernetes.authenticate." + rest, "x",
            "spark.kubernetes.submission." + rest, "x",
            "spark.kubernetes.file.upload." + rest, "x",
            "spark.kubernetes.driver.volumes.hostPath." + rest, "x",
            "spark.kubernetes.driver.label.flintwheel.io/" + rest, "x");

    List<Problem> problems = ConfPolicy.check(conf, IDENTITY);

    assertThat(problems)
        .extracting(Problem::field)
        .containsAll(conf.keySet().stream().map(key -> "spec.sparkConf[" + key + "]").toList());
  }

  @Test
  void warnsOfKeysThatSparkIgnores() {
    List<Problem> warnings =
        ConfPolicy.warnings(Map.of("hive.metastore.uris", "x", "spark.ui.port", "4041"));

    assertThat(warnings)
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("spec.sparkConf[hive.metastore.uris]");
  }
}
