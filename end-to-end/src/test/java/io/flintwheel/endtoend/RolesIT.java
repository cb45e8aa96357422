package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles of {@code k8s/}, judged by a real API server: the local one enforces none. */
@Tag("cluster-only")
class RolesIT {

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> RESOURCES =
      List.of(
          "pods",
          "pods/log",
          "pods/exec",
          "pods/status",
          "configmaps",
          "services",
          "secrets",
          "events",
          "serviceaccounts",
          "persistentvolumeclaims");

  private static final Pattern RULE = Pattern.compile("(?<resource>[a-z/]+): (?<verbs>[a-z ]+)");

  @TempDir static Path directory;
  private static KubernetesCluster cluster;
  private static ServiceAccountKubeconfig kubeconfigs;

  @BeforeAll
  static void applyTheManifests() {
    cluster = RealCluster.direct(Path.of(System.getProperty("flintwheel.root")), directory);
    kubeconfigs = new ServiceAccountKubeconfig(cluster.administrator());
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flintwheel | flintwheel-submitter | pods: create delete get list patch; configmaps: create get; services: create get
          flintwheel | flintwheel-status    | pods: get list watch; pods/log: get
          flintwheel | flintwheel-scheduler |
          default    | spark                | pods: create delete deletecollection get list patch watch; configmaps: create deletecollection; services: deletecollection; persistentvolumeclaims: create deletecollection list
          default    | spark-operator-spark | pods: create delete deletecollection get list patch watch; configmaps: create deletecollection; services: deletecollection; persistentvolumeclaims: create deletecollection list
          """)
  void accountMayDoWhatItsCodeCallsAndNothingElse(
      String namespace, String account, @Nullable String allowed) {
    try (KubernetesClient client = clientOf(namespace, account)) {
      Set<String> granted = granted(client, "default");

      assertThat(granted).isEqualTo(parse(allowed));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flintwheel, flintwheel-submitter",
    "flintwheel, flintwheel-status",
    "flintwheel, flintwheel-scheduler",
    "default, spark"
  })
  void accountMayDoNothingInNamespaceThatRunsNoJobs(String namespace, String account) {
    try (KubernetesClient client = clientOf(namespace, account)) {
      Set<String> granted = granted(client, "kube-system");

      assertThat(granted).isEmpty();
    }
  }

  @Test
  void statusServiceIsForbiddenToDeletePods() {
    try (KubernetesClient client = clientOf("flintwheel", "flintwheel-status")) {
      assertThatThrownBy(() -> client.pods().inNamespace("default").withName("any-driver").delete())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }
  }

  private static KubernetesClient clientOf(String namespace, String account) {
    Path kubeconfig =
        kubeconfigs.write(
            namespace,
            account,
            cluster.administrator().getMasterUrl().toString(),
            directory.resolve(account + ".kubeconfig"));
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  private static Set<String> granted(KubernetesClient client, String namespace) {
    Set<String> granted = new TreeSet<>();
    for (String resource : RESOURCES) {
      for (String verb : VERBS) {
        if (isAllowed(client, namespace, resource, verb)) {
          granted.add(resource + " " + verb);
        }
      }
    }
    return granted;
  }

  private static boolean isAllowed(
      KubernetesClient client, String namespace, String resource, String verb) {
    String[] parts = resource.split("/", 2);
    SelfSubjectAccessReview question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withResource(parts[0])
            .withSubresource(parts.length > 1 ? parts[1] : null)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(question)
        .getStatus()
        .getAllowed();
  }

  private static Set<String> parse(@Nullable String allowed) {
    Set<String> parsed = new TreeSet<>();
    Matcher rules = RULE.matcher(allowed == null ? "" : allowed);
    while (rules.find()) {
      for (String verb : rules.group("verbs").split(" ", -1)) {
        parsed.add(rules.group("resource") + " " + verb);
      }
    }
    return parsed;
  }
}
