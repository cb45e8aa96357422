package io.flintwheel.status.logs;

import static io.flintwheel.status.logs.FakeLogs.DRIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API server says when it is asked for a log, and what it does not. */
class ContainerLogsIT {

  private static final int MOST_BYTES = 1000;
  private static final String POD = "/api/v1/namespaces/default/pods/pi-driver";

  private HttpServer server;
  private KubernetesClient client;
  private ContainerLogs logs;
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private int status = 200;
  private String text = "text";
  private int broken;
  private String uid = DRIVER.uid();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(POD + "/log", this::answerLog);
    server.createContext(
        POD,
        exchange ->
            answer(
                exchange,
                200,
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"uid\":\"" + uid + "\"}}"));
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    logs = new ContainerLogs(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void givesTheLogOfThePod() {
    Optional<InputStream> log = logs.follow(DRIVER, 10);

    assertThat(log).hasValueSatisfying(in -> assertThat(in).hasContent("text"));
  }

  @Test
  void givesTheLastBytesOfTheLog() {
    text = "0123456789";

    Optional<LogEnd> log = logs.tail(DRIVER, 10, 4);

    assertThat(log).map(LogEnd::content).hasValue("6789".getBytes(StandardCharsets.UTF_8));
    assertThat(log).map(LogEnd::cut).hasValue(true);
  }

  @Test
  void asksAgainWhenTheLogBreaksOff() {
    broken = 1;

    Optional<LogEnd> log = logs.tail(DRIVER, 10, MOST_BYTES);

    assertThat(log).map(LogEnd::content).hasValue("text".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesNoPartOfALogThatAlwaysBreaksOff() {
    broken = Integer.MAX_VALUE;

    assertThatThrownBy(() -> logs.tail(DRIVER, 10, MOST_BYTES))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void takesNoKubeletsApologyForALog() {
    text = "unable to retrieve container logs for containerd://0123456789abcdef";

    Optional<LogEnd> log = logs.tail(DRIVER, 10, MOST_BYTES);

    assertThat(log).isEmpty();
  }

  @Test
  void leavesItsConnectionInUseWhenALogIsReadToItsEnd() {
    for (int i = 0; i < 20; i++) {
      logs.tail(DRIVER, 10, MOST_BYTES);
    }

    // The next request may come before the connection is back.
    assertThat(connections).hasSizeLessThan(5);
  }

  @Test
  void followsEachLogOnAConnectionThatNobodyElseUses() throws IOException {
    for (int i = 0; i < 20; i++) {
      logs.follow(DRIVER, 10).orElseThrow().close();
    }

    assertThat(connections).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void takesNoAnswerForALogThatSaysThereIsNone(int refusal) {
    status = refusal;

    assertThat(logs.follow(DRIVER, 10)).isEmpty();
    assertThat(logs.tail(DRIVER, 10, MOST_BYTES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void saysThatItCannotTellWhenTheApiServerCannot(int failure) {
    status = failure;

    assertThatThrownBy(() -> logs.follow(DRIVER, 10)).isInstanceOf(KubernetesClientException.class);
    assertThatThrownBy(() -> logs.tail(DRIVER, 10, MOST_BYTES))
        .isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void saysThatItCannotTellWhenNobodyAnswers() {
    server.stop(0);

    assertThatThrownBy(() -> logs.follow(DRIVER, 10)).isInstanceOf(KubernetesClientException.class);
  }

  @RepeatedTest(20)
  void takesNoLogOfALaterPodOfTheSameName() {
    uid = "another";

    assertThat(logs.follow(DRIVER, 10)).isEmpty();
    assertThat(logs.tail(DRIVER, 10, MOST_BYTES)).isEmpty();
  }

  private void answerLog(HttpExchange exchange) throws IOException {
    if (broken-- > 0) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('t');
      exchange.getResponseBody().flush();
      exchange.close();
    } else {
      connections.add(exchange.getRemoteAddress());
      answer(exchange, status, text);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
