package io.flintwheel.cli;

import io.flintwheel.cli.cluster.Home;
import io.flintwheel.cli.cluster.Installation;
import io.flintwheel.cli.job.HttpApi;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

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

  private static final String KAFKA = "KAFKA_BOOTSTRAP_SERVERS";
  private static final String SUBMITTER = "FLINTWHEEL_SUBMITTER_URL";

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

  /**
   * Where the broker is.
   *
   * @throws CliFailure when it is this installation's own, and cannot answer
   */
  public String kafka() {
    String address = setting(KAFKA);
    installation().requireNotFrozenIfOwn(address);
    return address;
  }

  public HttpApi submitter() {
    return service("submitter-service", SUBMITTER);
  }

  /**
   * What helps when the submitter-service does nothing; empty when that is not known, or it is of
   * an installation of which only other addresses are.
   */
  public Optional<String> submitterRemedy() {
    if (environment.containsKey(KAFKA) && !environment.containsKey(SUBMITTER)) {
      return Optional.empty();
    }
    try {
      return installation().remedy(setting(SUBMITTER));
    } catch (CliFailure e) {
      return Optional.empty();
    }
  }

  public HttpApi status() {
    return service("status-service", "FLINTWHEEL_STATUS_URL");
  }

  private HttpApi service(String name, String setting) {
    String url = setting(setting);
    return new HttpApi(name, url, () -> installation().remedy(url), err::println);
  }
}
