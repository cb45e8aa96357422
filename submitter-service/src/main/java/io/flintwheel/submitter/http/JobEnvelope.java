package io.flintwheel.submitter.http;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.KubernetesSyntax;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a job looks like to clients, for the OpenAPI document; {@link RequestBody}
 * reads it, so that every problem can be told with its path.
 */
@Schema(name = "JobRequest", requiredProperties = "spec")
record JobEnvelope(
    @Schema(
            type = SchemaType.STRING,
            description = "Derived from the Idempotency-Key, or made up, when not given")
        @Nullable JobId jobId,
    @Schema(
            description = "Where the pods are made",
            pattern = "^" + KubernetesSyntax.NAMESPACE_PATTERN + "$",
            defaultValue = JobRequested.DEFAULT_NAMESPACE)
        @Nullable String namespace,
    @Schema(description = "Put on the pods, and searchable at the status service")
        @Nullable Map<String, String> labels,
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "A v1beta2 SparkApplicationSpec, as the JSON Schema of "
                    + JobRequested.TYPE
                    + " has it")
        Map<String, Object> spec) {}
