package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the containers of one pod into commands for this machine. */
final class ContainerPlan {

  private static final String SPARK_HOME = "/opt/spark";
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final String ENTRYPOINT = "/opt/entrypoint.sh";
  private static final String CREDENTIALS = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final NodeSettings settings;
  private final ContainerEnvironment environments;
  private final DownwardFields fields;
  private final PodDirectory directory;
  private final Map<String, Path> volumes;

  /**
   * @param volumes where the pod's volumes lie, by name
   */
  ContainerPlan(
      NodeSettings settings,
      ContainerEnvironment environments,
      DownwardFields fields,
      PodDirectory directory,
      Map<String, Path> volumes) {
    this.settings = settings;
    this.environments = environments;
    this.fields = fields;
    this.directory = directory;
    this.volumes = Map.copyOf(volumes);
  }

  ContainerCommand of(Container container) throws CannotStart, IOException {
    ContainerDirectory own = directory.container(container.getName());
    Files.createDirectories(own.work());
    PathMapping paths = paths(container, own);
    Map<String, String> environment = environment(container, paths, own);
    List<String> arguments = arguments(container, paths, environment);
    Path workingDirectory =
        isSet(container.getWorkingDir())
            ? Path.of(paths.map(container.getWorkingDir()))
            : own.work();
    if (!Files.isDirectory(workingDirectory)) {
      throw CannotStart.unsupported("working directory not found: " + container.getWorkingDir());
    }
    if (SparkCommand.isSpark(arguments)) {
      return spark(arguments, environment, paths, workingDirectory);
    }
    arguments.set(0, Executables.find(arguments.get(0), environment, workingDirectory));
    return new ContainerCommand(arguments, environment, workingDirectory);
  }

  private static List<String> arguments(
      Container container, PathMapping paths, Map<String, String> environment) throws CannotStart {
    var arguments = new ArrayList<String>();
    for (String word : container.getCommand()) {
      arguments.add(paths.map(VariableExpansion.expand(word, environment)));
    }
    // The entrypoint of Spark's image; other images' entrypoints are not known here.
    if (!arguments.isEmpty() && arguments.get(0).equals(ENTRYPOINT)) {
      arguments.remove(0);
    }
    for (String word : container.getArgs()) {
      arguments.add(paths.map(VariableExpansion.expand(word, environment)));
    }
    if (arguments.isEmpty()) {
      throw CannotStart.unsupported(
          "container \""
              + container.getName()
              + "\" has neither command nor args: this node runs processes, not the image "
              + container.getImage());
    }
    return arguments;
  }

  private ContainerCommand spark(
      List<String> arguments,
      Map<String, String> environment,
      PathMapping paths,
      Path workingDirectory)
      throws CannotStart, IOException {
    var variables = new HashMap<>(environment);
    boolean driver = SparkCommand.isDriver(arguments);
    if (SparkCommand.isPython(arguments)) {
      Executables.requirePySpark(environment, workingDirectory);
    }
    SparkProperties properties = properties(arguments, paths);
    boolean makesArchive =
        driver
            && onlyProperties(environment)
            && settings.archive().claim(fields.pod().getMetadata().getUid());
    var classPath = new ArrayList<String>();
    addIfSet(classPath, driver ? null : environment.get("SPARK_CLASSPATH"));
    addIfSet(classPath, environment.get("SPARK_EXTRA_CLASSPATH"));
    addIfSet(classPath, properties.value("spark.driver.extraClassPath").orElse(null));
    classPath.add(settings.image().classPath());
    // After Spark's jars, not before them: class-data sharing needs the same beginning each time.
    // Directories cannot be in an archive, and the properties are given by --properties-file.
    if (!makesArchive) {
      addIfSet(classPath, environment.get("HADOOP_CONF_DIR"));
      addIfSet(classPath, environment.get("SPARK_CONF_DIR"));
      classPath.add(workingDirectory.toString());
    }
    variables.put("CLASSPATH", String.join(":", classPath));
    var command =
        new SparkCommand(settings.image(), tuning(makesArchive), settings.apiServer().toString());
    return new ContainerCommand(
        driver ? command.driver(arguments, variables, properties) : command.executor(variables),
        variables,
        workingDirectory);
  }

  private List<String> tuning(boolean makesArchive) {
    var tuning = new ArrayList<>(settings.jvmFlags());
    tuning.addAll(
        makesArchive
            ? settings.archive().makeOptions(fields.pod().getMetadata().getUid())
            : settings.archive().useOptions());
    tuning.add("-Djava.io.tmpdir=" + directory.temporary());
    return tuning;
  }

  /** Reads the driver's properties and leaves them behind as the driver is to see them. */
  private SparkProperties properties(List<String> arguments, PathMapping paths) throws IOException {
    var named = SparkCommand.propertiesFile(arguments);
    if (named.isEmpty() || !Files.isReadable(Path.of(named.get()))) {
      return new SparkProperties(Map.of());
    }
    Path file = Path.of(named.get());
    SparkProperties properties =
        SparkProperties.parse(Files.readString(file)).forProcess(paths::map, fields.podIp());
    if (file.startsWith(directory.root())) {
      ReplacedFile.write(file, properties.format().getBytes(StandardCharsets.UTF_8));
    }
    return properties;
  }

  private static boolean onlyProperties(Map<String, String> environment) throws IOException {
    String conf = environment.get("SPARK_CONF_DIR");
    if (conf == null || !Files.isDirectory(Path.of(conf))) {
      return !environment.containsKey("HADOOP_CONF_DIR");
    }
    try (var files = Files.list(Path.of(conf))) {
      return files.map(f -> String.valueOf(f.getFileName())).allMatch("spark.properties"::equals)
          && !environment.containsKey("HADOOP_CONF_DIR");
    }
  }

  private PathMapping paths(Container container, ContainerDirectory own)
      throws CannotStart, IOException {
    var places = new HashMap<String, Path>();
    places.put(SPARK_HOME, settings.image().directory());
    settings.userJars().ifPresent(jars -> places.put(SPARK_HOME + "/user", jars));
    places.put(SPARK_HOME + "/work-dir", own.work());
    if (isSet(container.getTerminationMessagePath())) {
      places.put(container.getTerminationMessagePath(), own.terminationMessage());
    }
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path volume = volumes.get(mount.getName());
      if (volume == null) {
        throw CannotStart.unsupported("no volume is named " + mount.getName());
      }
      String at = mount.getMountPath();
      places.put(
          at.length() > 1 && at.endsWith("/") ? at.substring(0, at.length() - 1) : at,
          mounted(volume, mount));
    }
    return new PathMapping(places);
  }

  private static Path mounted(Path volume, VolumeMount mount) throws CannotStart, IOException {
    // Spark writes both of every volume of its configuration, empty when they are not given.
    if (isSet(mount.getSubPathExpr())) {
      throw CannotStart.unsupported(
          "this node does not know subPathExpr, which the mount of volume \""
              + mount.getName()
              + "\" has");
    }
    if (!isSet(mount.getSubPath())) {
      return volume;
    }
    Path part = volume.resolve(mount.getSubPath()).normalize();
    if (!part.startsWith(volume)) {
      throw CannotStart.unsupported("a subPath leaves its volume: " + mount.getSubPath());
    }
    // As a kubelet: what is not there becomes a directory.
    return Files.exists(part) ? part : Files.createDirectories(part);
  }

  private Map<String, String> environment(
      Container container, PathMapping paths, ContainerDirectory own) throws CannotStart {
    var environment = new LinkedHashMap<String, String>();
    String javaHome = System.getProperty("java.home");
    environment.put("JAVA_HOME", javaHome);
    // A python3 with pyspark in an active virtual environment is the job's, too.
    environment.put("PATH", javaHome + "/bin:" + System.getenv().getOrDefault("PATH", USUAL_PATH));
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", own.work().toString());
    environment.put("TMPDIR", directory.temporary().toString());
    environment.put("HOSTNAME", fields.pod().getMetadata().getName());
    environment.put("SPARK_HOME", SPARK_HOME);
    // A Spark process listens on its pod's address only.
    environment.put("SPARK_LOCAL_IP", fields.podIp());
    environment.put("KUBERNETES_SERVICE_HOST", settings.apiServer().getHost());
    environment.put("KUBERNETES_SERVICE_PORT", String.valueOf(settings.apiServer().getPort()));
    // In a container the client finds these by their paths; here it must be told, and it must not
    // find the developer's own kubeconfig.
    environment.put("KUBERNETES_AUTH_TRYKUBECONFIG", "false");
    environment.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", CREDENTIALS + "/token");
    environment.put("KUBERNETES_CERTS_CA_FILE", CREDENTIALS + "/ca.crt");
    environment.put("KUBENAMESPACE", CREDENTIALS + "/namespace");
    environment.putAll(environments.of(container));
    environment.replaceAll((name, value) -> paths.map(value));
    return environment;
  }

  private static boolean isSet(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  private static void addIfSet(List<String> classPath, @Nullable String entry) {
    if (entry != null && !entry.isBlank()) {
      classPath.add(entry);
    }
  }
}
