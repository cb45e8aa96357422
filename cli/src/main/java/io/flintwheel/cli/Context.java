package io.flintwheel.cli;

import io.flintwheel.cli.cluster.Home;
import io.flintwheel.cli.cluster.Installation;
import io.flintwheel.cli.job.HttpApi;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What every command works with.
 *
 * @param environment of this process
 * @param out for results
 * @param err for progress and failures
 * @param clock tells the time everywhere
 */
public record Context(
    Map<String, String> environment, PrintStream out, PrintStream err, Clock clock) {

  public Context {
    environment = Map.copyOf(environment);
  }

  public Home home() {
    return Home.from(environment);
  }

  public Installation installation() {
    return new Installation(home(), environment, err::println);
  }

  /**
   * How to reach what runs: the environment first, so that the commands work with any installation,
   * then {@code local.env}. Whoever has exported {@code local.env} is told as much as others when
   * what it is about has ended.
   */
  String setting(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      return installation().reach().require(name);
    }
    installation().requireUpIfOwn(value);
    return value;
  }

  public String kafka() {
    return setting("KAFKA_BOOTSTRAP_SERVERS");
  }

  public HttpApi submitter() {
    return service("submitter-service", "FLINTWHEEL_SUBMITTER_URL");
  }

  public HttpApi status() {
    return service("status-service", "FLINTWHEEL_STATUS_URL");
  }

  private HttpApi service(String name, String setting) {
    String url = setting(setting);
    return new HttpApi(name, url, () -> installation().remedy(url), err::println);
  }
}
