/** The API of the scheduler, and its problems in words. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Flintwheel scheduler service",
            version = "v1",
            description = "Keeps schedules and requests a job at each of their ticks"),
    components =
        @Components(
            responses =
                @APIResponse(
                    name = ProblemAnswers.PROBLEM,
                    description = "What is wrong, where, and what would be right (RFC 9457)",
                    content =
                        @Content(
                            mediaType = ProblemDetails.MEDIA_TYPE,
                            schema = @Schema(implementation = ProblemDetails.class)))))
@NullMarked
package io.flintwheel.scheduler.http;

import io.flintwheel.events.http.ProblemDetails;
import io.flintwheel.http.ProblemAnswers;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullMarked;
