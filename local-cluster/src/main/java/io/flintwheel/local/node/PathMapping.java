package io.flintwheel.local.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the directories of a container lie on this machine.
 *
 * <p>A process without a mount namespace sees the machine's own files, so the container's paths are
 * replaced in everything it is given: arguments, environment and Spark's properties.
 */
final class PathMapping {

  private final Map<String, Path> places;
  private final Pattern mentions;

  /**
   * @param places directories (or files) as the container names them, without a trailing slash
   */
  PathMapping(Map<String, Path> places) {
    this.places = Map.copyOf(places);
    // The longest first, so that a mount below another one wins.
    List<String> names =
        places.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    // Neither a part of a longer name (/data/opt/spark) nor the start of one (/opt/spark-3).
    this.mentions =
        Pattern.compile(
            "(?<![\\w.-])("
                + names.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                + ")(?![\\w-]|\\.\\w)");
  }

  /** The text with every mention of a mapped path replaced. */
  String map(String text) {
    if (places.isEmpty()) {
      return text;
    }
    return mentions
        .matcher(text)
        .replaceAll(mention -> Matcher.quoteReplacement(places.get(mention.group(1)).toString()));
  }
}
