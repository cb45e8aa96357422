package io.flintwheel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.cluster.ProcessRecord;
import io.flintwheel.cli.job.HttpApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a scheduler-service with two pages of schedules. */
class EarlierDemosIT {

  private static final ProcessRecord HERE = ProcessRecord.ofThis();
  private static final ProcessRecord DEAD = new ProcessRecord(HERE.pid(), HERE.birth() + "0");

  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private List<String> pages = List.of();
  private HttpServer scheduler;

  @BeforeEach
  void start() throws IOException {
    scheduler = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    scheduler.createContext("/api/v1/schedules", this::answer);
    scheduler.start();
  }

  @AfterEach
  void stop() {
    scheduler.stop(0);
  }

  @Test
  void theSchedulesOfKilledDemosAreRemovedFromAllPages() {
    pages = List.of(madeBy(DEAD, "2026-11-23T10:00:00Z"), madeBy(DEAD, "2026-11-23T10:00:01Z"));

    remove();

    assertThat(deleted).containsExactly("demo-261123t100000", "demo-261123t100001");
    assertThat(told)
        .hasSize(2)
        .startsWith(
            "Removed the schedule 'demo-261123t100000', which an interrupted demo had left.");
  }

  @Test
  void theScheduleOfADemoThatGoesOnStays() {
    pages = List.of(madeBy(HERE, "2026-11-23T10:00:00Z"), "");

    remove();

    assertThat(deleted).isEmpty();
  }

  @Test
  void schedulesOfUsersStayWhateverTheyAreNamed() {
    String copied =
        madeBy(DEAD, "2026-11-23T10:00:00Z").replace("demo-261123t100000", "demo-nightly");
    pages =
        List.of(
            "{\"id\": \"demo-261123t100000\", \"job\": {\"labels\": {\"team\": \"a\"}}}", copied);

    remove();

    assertThat(deleted).isEmpty();
  }

  @Test
  void nothingIsToldWhenTheyCannotBeLookedFor() {
    scheduler.removeContext("/api/v1/schedules");

    remove();

    assertThat(told).isEmpty();
  }

  private void remove() {
    String url = "http://127.0.0.1:" + scheduler.getAddress().getPort();
    new EarlierDemos(new HttpApi("scheduler-service", url), told::add).removeSchedules();
  }

  private static String madeBy(ProcessRecord owner, String time) {
    return new DemoJobs(Instant.parse(time), owner).schedule().toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("DELETE")) {
      deleted.add(path.substring(path.lastIndexOf('/') + 1));
      exchange.sendResponseHeaders(204, -1);
    } else {
      boolean second = exchange.getRequestURI().getQuery().contains("cursor=two");
      String page = second ? pages.get(1) : pages.get(0);
      String next = second ? "" : ", \"nextCursor\": \"two\"";
      byte[] body =
          "{\"schedules\": [%s]%s}".formatted(page, next).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
