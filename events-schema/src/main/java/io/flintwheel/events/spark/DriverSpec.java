package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The driver.
 *
 * @param pod what it shares with executors; its fields stand here in JSON
 * @param podName the driver pod's name
 * @param coreRequest the container's CPU request, a quantity; {@code cores} when not given
 * @param javaOptions of the JVM
 * @param lifecycle a Lifecycle of Spark's container
 * @param kubernetesMaster the API server as the driver sees it
 * @param serviceAnnotations of the driver's headless Service
 * @param serviceLabels of the driver's headless Service
 * @param ports more ports of Spark's container
 * @param priorityClassName who goes first
 */
public record DriverSpec(
    @JsonUnwrapped SparkPodSpec pod,
    @Nullable String podName,
    @Syntax(pattern = Syntax.QUANTITY, says = Syntax.QUANTITY_SAYS) @Nullable String coreRequest,
    @Nullable String javaOptions,
    @Nullable ObjectNode lifecycle,
    @Nullable String kubernetesMaster,
    Map<String, String> serviceAnnotations,
    Map<String, String> serviceLabels,
    List<Port> ports,
    @Nullable String priorityClassName) {}
