package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port of each listener, all different. */
record Ports(Map<Port, Integer> numbers) {

  Ports {
    numbers = Map.copyOf(numbers);
    Map<Integer, Port> owners = new HashMap<>();
    for (Port port : Port.values()) {
      Port other = owners.putIfAbsent(numbers.get(port), port);
      if (other != null) {
        throw new CliFailure(
            "%s and %s are both set to port %d (%s, %s); give them different ports."
                .formatted(
                    other.user(),
                    port.user(),
                    numbers.get(port),
                    other.variable(),
                    port.variable()));
      }
    }
  }

  /** The standard ports, with the overrides of the environment. */
  static Ports from(Map<String, String> environment) {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      String override = environment.getOrDefault(port.variable(), "").strip();
      numbers.put(port, override.isEmpty() ? port.standard() : parse(port, override));
    }
    return new Ports(numbers);
  }

  /** As the environment variables that would give the same ports. */
  Map<String, String> overrides() {
    Map<String, String> overrides = new java.util.TreeMap<>();
    numbers.forEach((port, number) -> overrides.put(port.variable(), number.toString()));
    return overrides;
  }

  private static int parse(Port port, String text) {
    if (text.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= 65535) {
        return number;
      }
    }
    throw new CliFailure(
        "%s is '%s', but must be a port from 1 to 65535.".formatted(port.variable(), text));
  }

  int of(Port port) {
    return numbers.get(port);
  }

  String url(Port port) {
    return "http://" + address(port);
  }

  /** Which of these ports is meant by an address as {@code local.env} has them. */
  Optional<Integer> listener(String address) {
    return Arrays.stream(Port.values())
        .filter(port -> address.equals(url(port)) || address.equals(address(port)))
        .findFirst()
        .map(this::of);
  }

  private String address(Port port) {
    return "127.0.0.1:" + of(port);
  }
}
