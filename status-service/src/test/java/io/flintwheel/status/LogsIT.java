package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.local.apiserver.LocalApiServer;
import io.flintwheel.local.node.ProcessNode;
import io.flintwheel.local.node.ProcessNodeConfig;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What drivers write, on a node that really runs them. */
@QuarkusTest
@OnStatusService
class LogsIT {

  private static ProcessNode node;

  private final FakeKubelet kubelet = new FakeKubelet(KubernetesTestResource.client());
  private final String id = Jobs.newId();

  @BeforeAll
  static void startNode(@TempDir Path directory) throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    LocalApiServer server = KubernetesTestResource.apiServer();
    Path image = Path.of(System.getProperty("flintwheel.root"), "local-image/target/image");
    node =
        ProcessNode.start(
            ProcessNodeConfig.of(
                server.kubeconfig(),
                server.caCertificate().getParent(),
                image,
                directory.resolve("work")));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @Test
  void tellsTheLogOfADriverAfterItsPodIsGone() {
    Pod driver = kubelet.createShellDriver(id, "echo one; echo two; echo three");
    Jobs.awaitState(id, "SUCCEEDED");
    await()
        .untilAsserted(() -> assertThat(get(logs("")).asString()).isEqualTo("one\ntwo\nthree\n"));

    kubelet.vanishes(driver);

    await()
        .untilAsserted(
            () ->
                get(logs("?tail=2"))
                    .then()
                    .statusCode(200)
                    .header("flintwheel-log-incomplete", nullValue())
                    .body(equalTo("two\nthree\n")));
  }

  @Test
  void followsADriverUntilItEnds(@TempDir Path directory) throws Exception {
    Path gate = directory.resolve("gate");
    kubelet.createShellDriver(
        id, "echo first; while [ ! -f " + gate + " ]; do sleep 0.1; done; echo last");
    Jobs.awaitState(id, "RUNNING");

    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(
                URI.create("http://localhost:" + RestAssured.port + logs("?follow=true"))
                    .toURL()
                    .openStream(),
                StandardCharsets.UTF_8))) {
      assertThat(log.readLine()).isEqualTo("first");
      Files.createFile(gate);
      assertThat(log.readLine()).isEqualTo("last");
      assertThat(log.readLine()).isNull();
    }
  }

  @Test
  void hasAPlaceForAnotherFollowerWhenOneHasLeftASilentLog() throws Exception {
    kubelet.createShellDriver(id, "echo first; exec sleep 600");
    Jobs.awaitState(id, "RUNNING");
    InputStream leaving = follow().body();
    try (InputStream staying = follow().body()) {
      assertThat(follow().statusCode()).isEqualTo(503);

      leaving.close();

      await().untilAsserted(() -> assertThat(statusOfAnotherFollower()).isEqualTo(200));
      assertThat(staying.read()).isEqualTo('f');
    }
  }

  @Test
  void keepsTheLogOfADriverThatIsDeletedWhileItRuns() {
    Pod driver = kubelet.createShellDriver(id, "echo before; exec sleep 600");
    Jobs.awaitState(id, "RUNNING");
    await().until(() -> get(logs("")).asString().contains("before"));

    kubelet.deletes(driver);

    Jobs.awaitState(id, "LOST");
    await()
        .untilAsserted(
            () ->
                get(logs(""))
                    .then()
                    .header("flintwheel-log-incomplete", nullValue())
                    .body(containsString("before")));
  }

  @Test
  void explainsAFailureWithTheDriversOwnWords() {
    kubelet.createShellDriver(
        id,
        "echo 'Exception in thread \"main\" java.lang.IllegalStateException: no rows' >&2; exit 1");

    Jobs.awaitState(id, "FAILED");

    assertThat(Jobs.get(id).getString("failure.message"))
        .isEqualTo("java.lang.IllegalStateException: no rows");
    assertThat(Jobs.get(id).getInt("failure.exitCode")).isEqualTo(1);
  }

  @Test
  void refusesParametersThatAreWrong() {
    kubelet.createShellDriver(id, "true");
    Jobs.awaitState(id, "SUCCEEDED");

    get(logs("?tail=-1")).then().statusCode(400).body("field", equalTo("tail"));
    get(logs("?follow=perhaps")).then().statusCode(400).body("field", equalTo("follow"));
    get(logs("?attempt=x")).then().statusCode(400).body("field", equalTo("attempt"));
  }

  private int statusOfAnotherFollower() throws Exception {
    HttpResponse<InputStream> another = follow();
    another.body().close();
    return another.statusCode();
  }

  private HttpResponse<InputStream> follow() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + RestAssured.port + logs("?follow=true")))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  private String logs(String query) {
    return "/api/v1/jobs/" + id + "/logs" + query;
  }
}
