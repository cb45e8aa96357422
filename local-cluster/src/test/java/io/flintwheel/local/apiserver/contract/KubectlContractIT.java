package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.local.Kubectl;
import io.flintwheel.local.Kubectl.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real kubectl against both our API and the cluster of KUBECONFIG. */
@Tag("cluster-only")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlContractIT {

  enum Kind {
    LOCAL,
    CLUSTER
  }

  private final Map<Kind, RunningApi> apis = new EnumMap<>(Kind.class);
  @TempDir private Path directory;

  @BeforeAll
  void open() throws Exception {
    apis.put(Kind.LOCAL, RunningApi.local());
    apis.put(Kind.CLUSTER, RunningApi.cluster());
  }

  @AfterAll
  void close() {
    apis.values().forEach(RunningApi::close);
  }

  @ParameterizedTest
  @EnumSource
  void createsAppliesAndShows(Kind kind) {
    Path manifest =
        manifest(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: applied}
            data: {a: "%s"}
            """
                .formatted(1));
    Path changed =
        manifest(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: applied}
            data: {b: "2"}
            """);

    assertThat(kubectl(kind, "apply", "-f", manifest.toString()).text())
        .contains("configmap/applied created");
    assertThat(kubectl(kind, "apply", "-f", manifest.toString()).text())
        .contains("configmap/applied unchanged");
    assertThat(kubectl(kind, "apply", "-f", changed.toString()).text())
        .contains("configmap/applied configured");
    assertThat(kubectl(kind, "get", "configmap", "applied", "-o", "jsonpath={.data}").text())
        .isEqualTo("{\"b\":\"2\"}");
    assertThat(kubectl(kind, "get", "configmap", "applied").text()).contains("NAME", "DATA", "AGE");
  }

  @ParameterizedTest
  @EnumSource
  void appliesOnTheServerSide(Kind kind) {
    Path manifest =
        manifest(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ssa}
            data: {a: b}
            """);

    Output output = kubectl(kind, "apply", "--server-side", "-f", manifest.toString());

    assertThat(output.text()).contains("configmap/ssa serverside-applied");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhichFieldOfAManifestIsUnknown(Kind kind) {
    Path manifest =
        manifest(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: typo}
            dta: {a: b}
            """);

    Output output = kubectl(kind, "create", "-f", manifest.toString());

    assertThat(output.code()).isNotZero();
    assertThat(output.text()).contains("strict decoding error: unknown field \"dta\"");
  }

  @ParameterizedTest
  @EnumSource
  void createsTheTypesThatItSendsInProtobuf(Kind kind) {
    assertThat(kubectl(kind, "create", "configmap", "c", "--from-literal=a=b").text())
        .contains("configmap/c created");
    assertThat(kubectl(kind, "create", "secret", "generic", "s", "--from-literal=a=b").text())
        .contains("secret/s created");
    assertThat(kubectl(kind, "create", "serviceaccount", "sa").text())
        .contains("serviceaccount/sa created");
    assertThat(kubectl(kind, "create", "role", "r", "--verb=get", "--resource=pods").text())
        .contains("role.rbac.authorization.k8s.io/r created");
    assertThat(
            kubectl(kind, "create", "rolebinding", "rb", "--role=r", "--serviceaccount=x:sa")
                .text())
        .contains("rolebinding.rbac.authorization.k8s.io/rb created");
    assertThat(kubectl(kind, "create", "service", "clusterip", "svc", "--tcp=80:8080").text())
        .contains("service/svc created");
    assertThat(kubectl(kind, "get", "secret", "s", "-o", "jsonpath={.data.a}").text())
        .isEqualTo("Yg==");
    assertThat(kubectl(kind, "get", "service", "svc").text()).contains("80/TCP");
    assertThat(kubectl(kind, "create", "quota", "q", "--hard=services=50,secrets=1k").text())
        .contains("resourcequota/q created");
    assertThat(kubectl(kind, "get", "quota", "q", "-o", "jsonpath={.spec.hard}").text())
        .contains("\"services\":\"50\"", "\"secrets\":\"1k\"");
    assertThat(kubectl(kind, "create", "pdb", "p", "--selector=app=x", "--min-available=1").text())
        .contains("poddisruptionbudget.policy/p created");
    assertThat(kubectl(kind, "get", "pdb", "p", "-o", "jsonpath={.spec}").text())
        .contains("\"minAvailable\":1", "\"app\":\"x\"");
    assertThat(kubectl(kind, "create", "token", "sa").text()).startsWith("eyJ");
    assertThat(kubectl(kind, "auth", "can-i", "create", "pods").text()).contains("yes");
    assertThat(kubectl(kind, "auth", "can-i", "--list").text())
        .containsPattern("\\*\\.\\* +\\[] +\\[] +\\[\\*]");
  }

  @ParameterizedTest
  @EnumSource
  void showsDescribesLabelsWaitsForAndDeletesAPod(Kind kind) {
    assertThat(
            kubectl(kind, "create", "-f", manifest(apis.get(kind).pod("shown", "")).toString())
                .text())
        .contains("pod/shown created");

    assertThat(kubectl(kind, "get", "pods").text())
        .containsPattern("NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("shown +0/1 +Pending +0");
    assertThat(kubectl(kind, "get", "pod", "shown", "-o", "wide").text())
        .contains("NOMINATED NODE");
    assertThat(kubectl(kind, "describe", "pod", "shown").text())
        .contains("Name:             shown", "QoS Class:", "BestEffort");
    assertThat(kubectl(kind, "label", "pod", "shown", "x=y").text()).contains("pod/shown labeled");
    assertThat(kubectl(kind, "annotate", "pod", "shown", "x=y").text())
        .contains("pod/shown annotated");
    assertThat(kubectl(kind, "get", "pods", "-l", "x in (y)", "-o", "name").text())
        .isEqualTo("pod/shown\n");
    assertThat(kubectl(kind, "get", "pod", "shown", "-o", "yaml").text())
        .contains("phase: Pending");
    Output late = kubectl(kind, "wait", "--for=condition=Ready", "pod/shown", "--timeout=1s");
    assertThat(late.text()).contains("timed out waiting for the condition");
    assertThat(kubectl(kind, "delete", "pod", "shown").text()).contains("\"shown\" deleted");
    assertThat(kubectl(kind, "get", "pod", "shown").text())
        .contains("Error from server (NotFound): pods \"shown\" not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec -n %s pod/closed -- ls",
        "attach pod/closed",
        "port-forward pod/closed 4040"
      })
  void saysThatNothingLeadsIntoAContainerHere(String command) {
    RunningApi api = apis.get(Kind.LOCAL);
    api.post(api.in("/pods"), api.pod("closed", ""));
    api.patch(
        api.in("/pods/closed/status"), RunningApi.MERGE, "{\"status\":{\"phase\":\"Running\"}}");

    Output output = kubectl(Kind.LOCAL, command.formatted(api.namespace()).split(" "));

    assertThat(output.code()).isEqualTo(1);
    assertThat(output.text())
        .contains("this local cluster has no ", "pods are processes of this machine")
        .doesNotContain("could not find the requested resource");
  }

  @ParameterizedTest
  @EnumSource
  void listsWhatTheServerServes(Kind kind) {
    assertThat(kubectl(kind, "api-resources").text())
        .containsPattern("pods +po +v1 +true +Pod")
        .containsPattern("leases +coordination.k8s.io/v1 +true +Lease");
    assertThat(kubectl(kind, "version").text()).contains("Server Version: v1.");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatAKindIsNotKnown(Kind kind) {
    Path foreign =
        manifest(
            "{\"apiVersion\": \"example.org/v1\", \"kind\": \"Foo\", \"metadata\": {\"name\": \"x\"}}");
    Path misspelt =
        manifest("{\"apiVersion\": \"v1\", \"kind\": \"Pot\", \"metadata\": {\"name\": \"x\"}}");

    Output applied = kubectl(kind, "apply", "-f", foreign.toString());
    Output created = kubectl(kind, "create", "-f", misspelt.toString());

    assertThat(applied.text())
        .isEqualTo(
            """
            error: resource mapping not found for name: "x" namespace: "" from "%s": no matches for kind "Foo" in version "example.org/v1"
            ensure CRDs are installed first
            """
                .formatted(foreign));
    assertThat(created.text()).contains("no matches for kind \"Pot\" in version \"v1\"");
  }

  @ParameterizedTest
  @EnumSource
  void explainsTheFieldsOfAType(Kind kind) {
    Output pod = kubectl(kind, "explain", "pod");
    Output container = kubectl(kind, "explain", "pod.spec.containers");
    Output unknown = kubectl(kind, "explain", "pod.spec.foo");

    assertThat(pod.text())
        .startsWith("KIND:       Pod\nVERSION:    v1\n\nDESCRIPTION:\n")
        .contains("  spec\t<PodSpec>\n", "  metadata\t<ObjectMeta>\n");
    assertThat(container.text())
        .contains("FIELD: containers <[]Container>")
        .contains("  image\t<string>\n", "  env\t<[]EnvVar>\n");
    assertThat(unknown.text()).contains("error: field \"foo\" does not exist");
  }

  @ParameterizedTest
  @EnumSource
  void watchesPods(Kind kind) throws IOException {
    Path output = directory.resolve("watch-" + kind);
    Process watching = client(kind).start(output, "get", "pods", "--watch-only", "-o", "name");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                kubectl(kind, "delete", "pod", "watched", "--ignore-not-found");
                kubectl(
                    kind, "create", "-f", manifest(apis.get(kind).pod("watched", "")).toString());
                return Files.readString(output).contains("pod/watched");
              });
    } finally {
      watching.destroy();
    }

    assertThat(Files.readString(output)).contains("pod/watched");
  }

  private Path manifest(String content) {
    try {
      return Files.writeString(
          Files.createTempFile(directory, "manifest", ".yaml"), content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a manifest could not be written", e);
    }
  }

  private Output kubectl(Kind kind, String... arguments) {
    return client(kind).run(arguments);
  }

  private Kubectl client(Kind kind) {
    return new Kubectl(apis.get(kind).kubeconfig(), apis.get(kind).namespace(), directory);
  }
}
