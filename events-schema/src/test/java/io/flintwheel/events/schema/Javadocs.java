package io.flintwheel.events.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the records' Javadoc says, so that a schema's descriptions are written once. */
final class Javadocs {

  private static final Pattern TYPE =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*public (?:sealed )?(?:record|enum) (\\w+)",
          Pattern.DOTALL);
  private static final Pattern PARAM =
      Pattern.compile("@param (\\w+) ((?:(?!@param).)*)", Pattern.DOTALL);

  private final Map<Class<?>, String> texts = new HashMap<>();

  /** The first paragraph about a type. */
  Optional<String> of(Class<?> type) {
    String text = text(type).split("<p>|@param", 2)[0];
    return text.isBlank() ? Optional.empty() : Optional.of(sentence(text));
  }

  /** What is said of a record's component. */
  Optional<String> of(Class<?> type, String component) {
    Matcher params = PARAM.matcher(text(type));
    while (params.find()) {
      if (params.group(1).equals(component)) {
        return Optional.of(sentence(params.group(2)));
      }
    }
    return Optional.empty();
  }

  private String text(Class<?> type) {
    return texts.computeIfAbsent(type, Javadocs::read);
  }

  private static String read(Class<?> type) {
    Path source =
        Path.of("src/main/java", type.getNestHost().getName().replace('.', '/') + ".java");
    if (!Files.exists(source)) {
      return "";
    }
    try {
      Matcher types = TYPE.matcher(Files.readString(source));
      while (types.find()) {
        if (types.group(2).equals(type.getSimpleName())) {
          return types
              .group(1)
              .replaceAll("(?m)^\\s*\\* ?", " ")
              .replaceAll("\\s+", " ")
              .replaceAll(" \\(\\{@link [^}]*\\}\\)", "")
              .replaceAll(
                  "\\{@(?:code|link|value) #?((?:[^{}]|\\{[^{}]*\\}|\\{\\{[^{}]*\\}\\})*)\\}",
                  "$1");
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    String capital = stripped.substring(0, 1).toUpperCase(Locale.ROOT) + stripped.substring(1);
    return capital.endsWith(".") ? capital : capital + ".";
  }
}
