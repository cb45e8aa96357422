package io.flintwheel.submitter.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API server, and the only class that speaks to it. */
@ApplicationScoped
class KubernetesCluster implements Cluster {

  private static final Map<String, String> OUR_DRIVERS =
      Map.of(JobLabels.MANAGED_BY, JobLabels.MANAGED_BY_VALUE, JobLabels.SPARK_ROLE, "driver");

  private final KubernetesClient client;

  KubernetesCluster(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Pod> findPod(String namespace, String name) {
    return Optional.ofNullable(
        ask(() -> client.pods().inNamespace(namespace).withName(name).get()));
  }

  @Override
  public List<Pod> driversOf(String namespace, JobId jobId) {
    return ask(
        () ->
            client
                .pods()
                .inNamespace(namespace)
                .withLabels(OUR_DRIVERS)
                .withLabel(JobLabels.JOB_ID, jobId.value())
                .list()
                .getItems());
  }

  @Override
  public List<Pod> unfinishedDrivers(String namespace) {
    return ask(
        () ->
            client.pods().inNamespace(namespace).withLabels(OUR_DRIVERS).list().getItems().stream()
                .filter(pod -> !DriverPods.isDone(pod))
                .toList());
  }

  @Override
  public Optional<ConfigMap> findConfigMap(String namespace, String name) {
    return Optional.ofNullable(
        ask(() -> client.configMaps().inNamespace(namespace).withName(name).get()));
  }

  @Override
  public Optional<Pod> create(Pod pod) {
    return createUnlessThere(client.resource(pod));
  }

  @Override
  public Optional<Stranger> createOwned(ConfigMap configMap, OwnerReference owner) {
    ConfigMap owned =
        new ConfigMapBuilder(configMap)
            .editMetadata()
            .withOwnerReferences(owner)
            .endMetadata()
            .build();
    return createOwned(client.resource(owned), owner);
  }

  @Override
  public Optional<Stranger> createOwned(Service service, OwnerReference owner) {
    Service owned =
        new ServiceBuilder(service).editMetadata().withOwnerReferences(owner).endMetadata().build();
    return createOwned(client.resource(owned), owner);
  }

  @Override
  public boolean annotate(Pod pod, String annotation, String value) {
    // The uid makes the API server refuse when it has another pod of that name by now.
    return patch(
        pod, Map.of("uid", pod.getMetadata().getUid(), "annotations", Map.of(annotation, value)));
  }

  @Override
  public boolean annotateAsSeen(Pod pod, String annotation, String value) {
    return patch(
        pod,
        Map.of(
            "uid",
            pod.getMetadata().getUid(),
            "resourceVersion",
            pod.getMetadata().getResourceVersion(),
            "annotations",
            Map.of(annotation, value)));
  }

  private boolean patch(Pod pod, Map<String, Object> metadata) {
    Map<String, Object> patch = Map.of("metadata", metadata);
    try {
      return ask(
              () ->
                  client
                      .pods()
                      .inNamespace(pod.getMetadata().getNamespace())
                      .withName(pod.getMetadata().getName())
                      .patch(
                          PatchContext.of(PatchType.JSON_MERGE),
                          EventJson.mapper().valueToTree(patch).toString()))
          != null;
    } catch (ClusterRefusalException e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void delete(Pod pod) {
    ask(
        () ->
            client
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .delete());
  }

  @Override
  public Duration longestCall() {
    Config config = client.getConfiguration();
    long once = (long) config.getConnectionTimeout() + config.getRequestTimeout();
    return Duration.ofMillis(once * (config.getRequestRetryBackoffLimit() + 1));
  }

  @Override
  public void ping(String namespace) {
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    ask(() -> client.pods().inNamespace(namespace).list(one));
  }

  private <T extends HasMetadata> Optional<Stranger> createOwned(
      Resource<T> resource, OwnerReference owner) {
    T there;
    try {
      if (createUnlessThere(resource).isPresent()) {
        return Optional.empty();
      }
      there = ask(resource::get);
    } catch (ClusterRefusalException e) {
      // A quota that is used up is told before the name is looked at.
      there = ask(resource::get);
      if (there == null) {
        throw e;
      }
    }
    if (there == null) {
      throw new ClusterUnavailableException("an object went away while it was looked at");
    }
    return there.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> owner.getUid().equals(reference.getUid()))
        ? Optional.empty()
        : Optional.of(stranger(there));
  }

  private static Stranger stranger(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return new Stranger(
        Optional.ofNullable(labels == null ? null : labels.get(JobLabels.JOB_ID)),
        object.getKind() + " " + object.getMetadata().getName());
  }

  private static <T extends HasMetadata> Optional<T> createUnlessThere(Resource<T> resource) {
    try {
      return Optional.of(resource.create());
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409 && "AlreadyExists".equals(reason(e))) {
        return Optional.empty();
      }
      throw classified(e);
    }
  }

  private static <T> T ask(Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw classified(e);
    }
  }

  /**
   * -1 or 0: no answer at all; 401 is an expired token that the client renews; 409 is a race inside
   * the API server.
   */
  private static RuntimeException classified(KubernetesClientException e) {
    int code = e.getCode();
    boolean passing = code <= 0 || code == 401 || code == 408 || code == 409 || code == 429;
    if (passing || code >= 500) {
      return new ClusterUnavailableException(
          code <= 0 ? "no answer from Kubernetes: " + rootOf(e) : "Kubernetes answered " + code,
          e,
          retryAfter(e.getStatus()));
    }
    Status status = e.getStatus();
    String message = status == null ? null : status.getMessage();
    return new ClusterRefusalException(
        code, reason(e), message == null ? String.valueOf(e.getMessage()) : message, e);
  }

  /** An API server that is away and one that is not trusted are mended in different places. */
  private static String rootOf(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String reason(KubernetesClientException e) {
    String reason = e.getStatus() == null ? null : e.getStatus().getReason();
    return reason == null || reason.isEmpty() ? "HTTP" + e.getCode() : reason;
  }

  private static Optional<Duration> retryAfter(@Nullable Status status) {
    return Optional.ofNullable(status)
        .map(Status::getDetails)
        .map(details -> details.getRetryAfterSeconds())
        .filter(seconds -> seconds > 0)
        .map(Duration::ofSeconds);
  }
}
