package io.flintwheel.submitter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told once the event is durable.
 *
 * @param namespace where the job will run; absent when it is cancelled
 * @param warnings what was taken but will do nothing, such as unknown fields
 * @param links {@code self}: where the job is to be seen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobAnswer(
    JobId jobId, @Nullable String namespace, List<Problem> warnings, Map<String, URI> links) {}
