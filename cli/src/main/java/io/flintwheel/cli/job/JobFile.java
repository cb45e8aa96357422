package io.flintwheel.cli.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with a job in it: a CloudEvent, a SparkApplication manifest, a job request or just a spec.
 *
 * @param name what messages call it
 * @param documents each a JSON object; several when a YAML file has several
 */
record JobFile(String name, List<ObjectNode> documents) {

  /** In bytes; a request has 128 KiB at most, and a file may hold several. */
  private static final long LARGEST = 2L * 1024 * 1024;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(new YAMLFactory())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  JobFile {
    documents = List.copyOf(documents);
  }

  static JobFile read(Path path) {
    try {
      if (Files.isRegularFile(path) && Files.size(path) > LARGEST) {
        throw new CliFailure(
            "%s has %d bytes, more than any job has; %s"
                .formatted(path, Files.size(path), expected()));
      }
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return parse(String.valueOf(path.getFileName()), text);
    } catch (NoSuchFileException e) {
      throw new CliFailure("There is no file " + path, e);
    } catch (CharacterCodingException e) {
      throw new CliFailure(path + " is not text in UTF-8; " + expected(), e);
    } catch (IOException e) {
      throw new CliFailure("Cannot read '" + path + "': " + FileTrouble.of(path, e), e);
    }
  }

  /** Reads JSON, too: every JSON document is a YAML document. */
  static JobFile parse(String name, String text) {
    // Over a parser: over a text, the elements of a list would count as documents.
    try (JsonParser parser = YAML.createParser(text);
        MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(parser)) {
      List<ObjectNode> objects =
          documents.readAll().stream()
              .filter(document -> document != null && !document.isNull())
              .map(document -> object(name, document))
              .toList();
      if (objects.isEmpty()) {
        throw new CliFailure(name + " is empty; " + expected());
      }
      return new JobFile(name, objects);
    } catch (JsonProcessingException e) {
      throw new CliFailure(
          "%s is neither JSON nor YAML: %s%s"
              .formatted(name, e.getOriginalMessage().lines().findFirst().orElse(""), at(e)),
          e);
    } catch (IOException e) {
      throw new CliFailure("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  static String expected() {
    return "expected a CloudEvent, a SparkApplication manifest, or a job's spec";
  }

  private static ObjectNode object(String name, JsonNode document) {
    if (document instanceof ObjectNode object) {
      return object;
    }
    if (document.isArray()) {
      throw new CliFailure(
          "%s is a list; %s. Several jobs are several YAML documents, with a line --- between them"
              .formatted(name, expected()));
    }
    throw new CliFailure(name + " has no object at the top; " + expected());
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }
}
