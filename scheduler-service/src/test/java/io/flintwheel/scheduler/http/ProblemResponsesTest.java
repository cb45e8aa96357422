package io.flintwheel.scheduler.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.http.ProblemDetails;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

class ProblemResponsesTest {

  @Test
  void tellsNothingOfTheInsideWhenNobodyForesawIt() {
    Response answer = new ProblemResponses().of((Throwable) new IOException("secret of row 7"));

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(answer.getMediaType()).hasToString(ProblemDetails.MEDIA_TYPE);
    assertThat(answer.getEntity()).asString().doesNotContain("secret", "IOException");
  }

  @Test
  void mapsEverythingThatCanBeThrown() {
    Stream<Method> mappers =
        Stream.of(ProblemResponses.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(ServerExceptionMapper.class));

    assertThat(mappers).anyMatch(mapper -> mapper.getParameterTypes()[0] == Throwable.class);
  }
}
