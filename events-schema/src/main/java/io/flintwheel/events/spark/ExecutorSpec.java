package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The executors.
 *
 * @param pod what each shares with the driver; its fields stand here in JSON
 * @param instances how many; 1 when neither {@code sparkConf} nor dynamic allocation says
 * @param coreRequest the container's CPU request, a quantity; {@code cores} when not given
 * @param javaOptions of the JVM
 * @param lifecycle a Lifecycle of Spark's container
 * @param deleteOnTermination whether pods that ended are deleted; Spark's default is yes
 * @param ports more ports of Spark's container
 * @param priorityClassName who goes first
 */
public record ExecutorSpec(
    @JsonUnwrapped SparkPodSpec pod,
    @Bounds(min = 1, max = Integer.MAX_VALUE) @Nullable Integer instances,
    @Syntax(pattern = Syntax.QUANTITY, says = Syntax.QUANTITY_SAYS) @Nullable String coreRequest,
    @Nullable String javaOptions,
    @Nullable ObjectNode lifecycle,
    @Nullable Boolean deleteOnTermination,
    List<Port> ports,
    @Nullable String priorityClassName) {}
