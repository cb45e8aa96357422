package io.flintwheel.local.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.flintwheel.local.apiserver.LocalApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1, /readyz, 200",
    "HTTP_2, /readyz, 200",
    "HTTP_1_1, /api/v1/pods, 405",
    "HTTP_2, /api/v1/pods, 405",
    "HTTP_2, /version, 405"
  })
  void isAnsweredWithoutABody(HttpClient.Version version, String path, int status)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (LocalApiServer server = LocalApiServer.start(directory, 0)) {
      Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
      HttpClient http =
          HttpClient.newBuilder().version(version).sslContext(SSLUtils.sslContext(config)).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .header("Authorization", "Bearer " + server.token())
              .timeout(Duration.ofSeconds(10))
              .build();

      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.body()).isEmpty();
    }
  }
}
