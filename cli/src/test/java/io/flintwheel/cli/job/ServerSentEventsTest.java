package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

  @Test
  void handsOverTheDataOfEachEvent() {
    List<String> seen = new ArrayList<>();

    ServerSentEvents.read(
        "id:1\nevent:job\ndata:{\"a\":1}\n\n: keep alive\n\ndata: first\ndata: second\n\n"
            .lines()
            .iterator(),
        seen::add);

    assertThat(seen).containsExactly("{\"a\":1}", "first\nsecond");
  }

  @Test
  void stopsWhenNoMoreIsWanted() {
    List<String> seen = new ArrayList<>();

    ServerSentEvents.read(
        "data:1\n\ndata:2\n\n".lines().iterator(),
        data -> {
          seen.add(data);
          return false;
        });

    assertThat(seen).containsExactly("1");
  }
}
