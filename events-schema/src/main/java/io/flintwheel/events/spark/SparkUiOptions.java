package io.flintwheel.events.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Service and Ingress of Spark's web UI.
 *
 * @param servicePort 4040 when not given
 * @param servicePortName {@code spark-driver-ui-port} when not given
 * @param serviceType {@code ClusterIP} when not given
 * @param serviceAnnotations of the Service
 * @param serviceLabels of the Service
 * @param ingressAnnotations of the Ingress
 * @param ingressTLS Kubernetes IngressTLS documents
 */
public record SparkUiOptions(
    @Bounds(min = 1, max = 65535) @Nullable Integer servicePort,
    @Nullable String servicePortName,
    @Nullable ServiceType serviceType,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels,
    Map<String, String> ingressAnnotations,
    List<ObjectNode> ingressTLS) {}
