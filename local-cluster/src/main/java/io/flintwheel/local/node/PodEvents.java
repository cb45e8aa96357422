package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code kubectl describe pod} shows under Events. Told in the background and at most once: a
 * pod never waits for its events.
 */
final class PodEvents {

  private static final Logger LOG = LoggerFactory.getLogger(PodEvents.class);

  private final NodeApi api;
  private final String nodeName;
  private final Clock clock;
  private final Executor background;
  private final AtomicLong serial = new AtomicLong();

  PodEvents(NodeApi api, String nodeName, Clock clock, Executor background) {
    this.api = api;
    this.nodeName = nodeName;
    this.clock = clock;
    this.background = background;
  }

  void normal(Pod pod, @Nullable String container, String reason, String message) {
    tell(pod, container, "Normal", reason, message);
  }

  void warning(Pod pod, @Nullable String container, String reason, String message) {
    tell(pod, container, "Warning", reason, message);
  }

  private void tell(
      Pod pod, @Nullable String container, String type, String reason, String message) {
    Event event = event(pod, container, type, reason, message);
    try {
      background.execute(() -> record(event));
    } catch (RejectedExecutionException e) {
      LOG.debug("Event not told, the node stops reason={}", reason);
    }
  }

  private void record(Event event) {
    try {
      api.record(event);
    } catch (KubernetesClientException e) {
      LOG.debug("Event not told reason={} status={}", event.getReason(), e.getCode());
    }
  }

  private Event event(
      Pod pod, @Nullable String container, String type, String reason, String message) {
    var metadata = pod.getMetadata();
    Instant now = clock.instant();
    String unique =
        Long.toHexString(now.toEpochMilli()) + Long.toHexString(serial.incrementAndGet());
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName() + "." + unique)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .withFieldPath(container == null ? null : "spec.containers{" + container + "}")
        .endInvolvedObject()
        .withType(type)
        .withReason(reason)
        .withMessage(message)
        .withNewSource("kubelet", nodeName)
        .withReportingComponent("kubelet")
        .withReportingInstance(nodeName)
        .withFirstTimestamp(Timestamps.format(now))
        .withLastTimestamp(Timestamps.format(now))
        .withCount(1)
        .build();
  }
}
