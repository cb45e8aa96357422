package io.flintwheel.submitter.review;

import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.DeployMode;
import io.flintwheel.events.spark.PythonVersion;
import io.flintwheel.events.spark.RestartPolicy;
import io.flintwheel.events.spark.SparkApplicationSpec;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a specification do something. A field that is known and does nothing yet is
 * refused: a job that silently runs without what its author asked for is worse than one that does
 * not run.
 */
final class HonouredFields {

  private static final Set<String> OF_APPLICATION =
      Set.of(
          "type",
          "sparkVersion",
          "mode",
          "image",
          "imagePullPolicy",
          "mainClass",
          "mainApplicationFile",
          "arguments",
          "pythonVersion",
          "sparkConf",
          "restartPolicy",
          "driver",
          "executor");

  private static final Set<String> OF_DRIVER =
      Set.of("cores", "memory", "serviceAccount", "labels", "securityContext", "env");

  private static final Set<String> OF_EXECUTOR =
      Set.of("cores", "memory", "serviceAccount", "labels", "securityContext", "env", "instances");

  private static final Set<String> OF_RESTART_POLICY = Set.of("type");

  /** Saying no to these is what happens anyway. */
  private static final Set<String> FALSE_IS_DEFAULT =
      Set.of("suspend", "driverPodDisruptionBudget", "hostNetwork", "shareProcessNamespace");

  private HonouredFields() {}

  static List<Problem> check(SparkApplicationSpec spec) {
    List<Problem> problems = new ArrayList<>();
    collect(spec, "spec", OF_APPLICATION, problems);
    collect(spec.driver(), "spec.driver", OF_DRIVER, problems);
    collect(spec.executor(), "spec.executor", OF_EXECUTOR, problems);
    if (spec.modeOrDefault() != DeployMode.CLUSTER) {
      problems.add(new Problem("spec.mode", "only cluster mode is supported", "cluster"));
    }
    if (spec.pythonVersion() == PythonVersion.TWO) {
      problems.add(
          new Problem("spec.pythonVersion", "Spark has run no Python 2 since 3.0", "\"3\""));
    }
    if (spec.restartPolicy() != null) {
      collect(spec.restartPolicy(), "spec.restartPolicy", OF_RESTART_POLICY, problems);
    }
    if (spec.restartType() != RestartPolicy.Type.NEVER) {
      problems.add(
          new Problem(
              "spec.restartPolicy.type", "restarting is not supported yet", "Never, or nothing"));
    }
    return problems;
  }

  private static void collect(
      Record holder, String path, Set<String> honoured, List<Problem> problems) {
    for (RecordComponent component : holder.getClass().getRecordComponents()) {
      Object value = value(holder, component);
      if (component.getName().equals("pod") && value instanceof Record pod) {
        collect(pod, path, honoured, problems);
      } else if (!honoured.contains(component.getName()) && isGiven(component.getName(), value)) {
        problems.add(
            new Problem(
                path + "." + component.getName(),
                "this field is not supported yet",
                "remove it; supported beside it are "
                    + String.join(", ", new TreeSet<>(honoured))));
      }
    }
  }

  private static boolean isGiven(String name, @Nullable Object value) {
    if (value instanceof Collection<?> collection) {
      return !collection.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return value != null && !(FALSE_IS_DEFAULT.contains(name) && value.equals(false));
  }

  private static @Nullable Object value(Record holder, RecordComponent component) {
    try {
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record tells its components: " + holder.getClass(), e);
    }
  }
}
