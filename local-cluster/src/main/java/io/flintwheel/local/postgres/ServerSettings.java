package io.flintwheel.local.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of a server that is small, and as durable as a large one. */
final class ServerSettings {

  private ServerSettings() {}

  static List<String> arguments(Path data, int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    // A socket's path may be at most 107 bytes long, which a checkout's can exceed.
    settings.put("unix_socket_directories", "");
    settings.put("timezone", "UTC");
    settings.put("max_connections", "100");
    settings.put("shared_buffers", "32MB");
    settings.put("max_wal_size", "128MB");
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
    settings.put("max_parallel_workers", "0");
    settings.put("jit", "off");
    settings.put("huge_pages", "off");

    List<String> arguments = new ArrayList<>(List.of("-D", data.toString()));
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return arguments;
  }
}
