package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the variables of {@code executor.env} go, so that they mean what they would behind all of
 * Spark's own: a driver puts its variables behind those of the template. One that refers to such a
 * variable, or has its name, is an entry {@code spark.executorEnv.<name>} instead.
 *
 * @param template variables of the executors' pod template, in the job's order
 * @param entries of Spark's configuration; they have no order, so none refers to another
 * @param problems variables that neither can hold, at {@code spec.executor.env[<index>]}
 */
public record ExecutorEnvironment(
    List<EnvVar> template, Map<String, String> entries, List<Problem> problems) {

  /** What the entries may have in all, in characters, with their references written out. */
  static final int MAX_CHARACTERS = 128 * 1024;

  static final String PREFIX = "spark.executorEnv.";
  static final String SECRET_PREFIX = "spark.kubernetes.executor.secretKeyRef.";

  public ExecutorEnvironment {
    template = List.copyOf(template);
    entries = Map.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /**
   * Splits the variables of executors.
   *
   * @param env of the job's executors
   * @param conf the job's Spark configuration
   */
  public static ExecutorEnvironment of(List<EnvVar> env, Map<String, String> conf) {
    return new Split(env, conf).run();
  }

  private static final class Split {

    private final List<EnvVar> env;
    private final Map<String, String> conf;
    private final Set<String> ofSpark;
    private final Set<String> ofJob;
    private final List<EnvVar> template = new ArrayList<>();
    private final Set<String> inTemplate = new HashSet<>();
    private final Map<String, String> late = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Split(List<EnvVar> env, Map<String, String> conf) {
      this.env = env;
      this.conf = conf;
      this.ofSpark = ExecutorVariables.beforeTheJobs(conf);
      this.ofJob = env.stream().map(EnvVar::getName).collect(Collectors.toSet());
    }

    ExecutorEnvironment run() {
      for (int i = 0; i < env.size(); i++) {
        String field = "spec.executor.env[" + i + "]";
        place(env.get(i), field).ifPresent(problems::add);
      }
      Map<String, String> entries = new TreeMap<>();
      late.forEach((name, value) -> entries.put(PREFIX + name, value));
      return new ExecutorEnvironment(template, entries, problems);
    }

    private Optional<Problem> place(EnvVar variable, String field) {
      String name = variable.getName();
      String value = variable.getValue() == null ? "" : variable.getValue();
      Set<String> references =
          variable.getValueFrom() == null ? VariableText.references(value) : Set.of();
      Optional<Problem> last = last(name, references, field);
      if (last.isPresent()) {
        return last;
      }
      if (!isOverridden(name) && references.stream().noneMatch(this::isLate)) {
        template.add(variable);
        inTemplate.add(name);
        return Optional.empty();
      }
      return variable.getValueFrom() == null
          ? enter(name, value, field)
          : Optional.of(
              new Problem(
                  field + ".valueFrom",
                  "cannot replace a variable that Spark sets in executors",
                  "a value, or another name"));
    }

    private Optional<Problem> last(String name, Set<String> references, String field) {
      Optional<String> insteadOfName = ExecutorVariables.insteadOfLast(name, conf);
      if (insteadOfName.isPresent()) {
        return insteadOfName.map(
            instead ->
                new Problem(field + ".name", "Spark sets this variable in executors", instead));
      }
      return references.stream()
          .filter(reference -> !inTemplate.contains(reference) && !late.containsKey(reference))
          .flatMap(reference -> insteadOfReference(reference).stream())
          .findFirst()
          .map(
              instead ->
                  new Problem(
                      field + ".value",
                      "refers to a variable that Spark sets behind this one",
                      instead));
    }

    private Optional<String> insteadOfReference(String name) {
      return conf.containsKey(SECRET_PREFIX + name) && !ofJob.contains(name)
          ? Optional.of("that variable in executor.env, with valueFrom.secretKeyRef")
          : ExecutorVariables.insteadOfLast(name, conf);
    }

    private boolean isOverridden(String name) {
      return ofSpark.contains(name) || late.containsKey(name);
    }

    private boolean isLate(String reference) {
      return isOverridden(reference)
          || (conf.containsKey(PREFIX + reference) && !inTemplate.contains(reference));
    }

    private Optional<Problem> enter(String name, String value, String field) {
      int left = MAX_CHARACTERS - late.values().stream().mapToInt(String::length).sum();
      Optional<String> written = VariableText.rewrite(value, this::written, left);
      if (written.isEmpty()) {
        return Optional.of(
            new Problem(
                field + ".value",
                "is too long when its references are written out",
                "at most " + MAX_CHARACTERS + " characters in all"));
      }
      if (isCut(written.get())) {
        return Optional.of(
            new Problem(
                field + ".value",
                "refers to or replaces a variable of Spark and begins or ends with a blank,"
                    + " which Spark's configuration cuts off",
                "a value without it"));
      }
      late.put(name, written.get());
      return Optional.empty();
    }

    private String written(String reference) {
      if (late.containsKey(reference)) {
        return late.get(reference);
      }
      if (inTemplate.contains(reference) || ofSpark.contains(reference)) {
        return VariableText.reference(reference);
      }
      String ofConf = conf.get(PREFIX + reference);
      if (ofConf != null) {
        return VariableText.rewrite(ofConf, VariableText::reference, 2 * ofConf.length())
            .orElseThrow();
      }
      // A later variable of the job is not known here; its place in the pod may be before this one.
      String text = VariableText.reference(reference);
      return ofJob.contains(reference) ? "$" + text : text;
    }

    private static boolean isCut(String value) {
      return !value.isEmpty()
          && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
    }

    /** As Spark trims: control characters too, but no line ends. */
    private static boolean isBlank(char c) {
      return c <= ' ' && c != '\r' && c != '\n';
    }
  }
}
