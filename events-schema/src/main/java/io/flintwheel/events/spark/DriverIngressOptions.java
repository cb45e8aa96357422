package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Service and an Ingress for one more port of the driver.
 *
 * @param servicePort also the driver's port
 * @param servicePortName the port's name
 * @param serviceType {@code ClusterIP} when not given
 * @param serviceAnnotations of the Service
 * @param serviceLabels of the Service
 * @param ingressURLFormat with {@code {{$appName}}}, {@code {{$appNamespace}}}, {@code {{$appId}}}
 * @param ingressAnnotations of the Ingress
 * @param ingressTLS Kubernetes IngressTLS documents
 */
public record DriverIngressOptions(
    @JsonProperty(required = true) @Bounds(min = 1, max = 65535) Integer servicePort,
    @JsonProperty(required = true) String servicePortName,
    @Nullable ServiceType serviceType,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels,
    @JsonProperty(required = true) String ingressURLFormat,
    Map<String, String> ingressAnnotations,
    List<ObjectNode> ingressTLS) {}
