package io.flintwheel.scheduler.http;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what the framework would pass over in silence: a query parameter that nobody reads, such
 * as a mistyped one, one that stands twice, and one or a header that is empty.
 */
final class StrictRequests {

  private static final int MALFORMED = 400;

  @ServerRequestFilter
  void check(ResourceInfo resource, ContainerRequestContext request) {
    MultivaluedMap<String, String> parameters = request.getUriInfo().getQueryParameters();
    Set<String> known = names(resource, QueryParam.class, QueryParam::value);
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!known.contains(name)) {
        throw new ProblemException(
            MALFORMED,
            ScheduleRequests.abbreviate(name),
            "unknown parameter",
            known.isEmpty()
                ? "no parameter"
                : "only " + String.join(", ", known) + ", each at most once");
      }
      once(name, parameters.get(name));
    }
    for (String header : names(resource, HeaderParam.class, HeaderParam::value)) {
      once(header, request.getHeaders().getOrDefault(header, List.of()));
    }
  }

  private static void once(String name, List<String> values) {
    if (values.size() > 1) {
      throw new ProblemException(MALFORMED, name, "stands " + values.size() + " times", "one");
    }
    if (values.size() == 1 && values.get(0).isBlank()) {
      throw new ProblemException(MALFORMED, name, "is empty", "a value, or none of it at all");
    }
  }

  private static <A extends Annotation> Set<String> names(
      ResourceInfo resource, Class<A> type, Function<A, String> name) {
    Set<String> names = new TreeSet<>();
    for (Annotation[] parameter : resource.getResourceMethod().getParameterAnnotations()) {
      Stream.of(parameter).filter(type::isInstance).map(type::cast).map(name).forEach(names::add);
    }
    return names;
  }

  /** The framework's own answer names the methods of all paths. */
  @ServerRequestFilter(preMatching = true)
  Optional<Response> options(ContainerRequestContext request) {
    Set<String> allowed = AllowedMethods.at(request.getUriInfo().getPath());
    return request.getMethod().equals(HttpMethod.OPTIONS) && !allowed.isEmpty()
        ? Optional.of(
            Response.noContent().header(HttpHeaders.ALLOW, String.join(", ", allowed)).build())
        : Optional.empty();
  }
}
