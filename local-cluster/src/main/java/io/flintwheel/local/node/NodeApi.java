package io.flintwheel.local.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node asks of the API server and tells it about its pods. */
final class NodeApi implements PodObjects {

  private final KubernetesClient client;

  NodeApi(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes the pod's status. A strategic merge, so that conditions of others stay; with the uid, so
   * that a new pod of the same name never gets an old one's status.
   *
   * @return false when that pod is gone
   */
  boolean patchStatus(Pod pod, PodStatus status) {
    var metadata = pod.getMetadata();
    String patch =
        client
            .getKubernetesSerialization()
            .asJson(Map.of("metadata", Map.of("uid", metadata.getUid()), "status", whole(status)));
    try {
      client
          .pods()
          .inNamespace(metadata.getNamespace())
          .withName(metadata.getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Lets go of a pod that is being deleted: nothing of it runs any more. */
  void confirmDeletion(Pod pod) {
    var metadata = pod.getMetadata();
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(metadata.getUid())
            .endPreconditions()
            .build();
    try {
      client.raw(
          "/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName(),
          "DELETE",
          options);
    } catch (KubernetesClientException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get());
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
  }

  @Override
  public String serviceAccountToken(Pod pod, @Nullable String audience, Duration lifetime) {
    String account = pod.getSpec().getServiceAccountName();
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience == null ? List.of() : List.of(audience))
            .withExpirationSeconds(lifetime.toSeconds())
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec()
            .build();
    return client
        .serviceAccounts()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(account == null ? "default" : account)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  void record(Event event) {
    client.v1().events().inNamespace(event.getMetadata().getNamespace()).resource(event).create();
  }

  // A merge keeps what it is not told of: a reason that no longer holds must be told as null.
  private ObjectNode whole(PodStatus status) {
    ObjectNode written = client.getKubernetesSerialization().convertValue(status, ObjectNode.class);
    for (JsonNode condition : written.withArray("conditions")) {
      for (String field : List.of("reason", "message")) {
        if (!condition.has(field)) {
          ((ObjectNode) condition).putNull(field);
        }
      }
    }
    return written;
  }

  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
