package io.flintwheel.submitter.http;

import io.flintwheel.events.job.Problem;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what the framework would pass over in silence: query parameters that nobody reads, such
 * as mistyped ones, and parameters and headers that stand twice or are empty.
 */
final class StrictRequests {

  private static final int MOST_PROBLEMS = 10;
  private static final int LONGEST_NAME = 80;

  @ServerRequestFilter
  void check(ResourceInfo resource, ContainerRequestContext request) {
    List<Problem> problems = new ArrayList<>();
    Set<String> known = names(resource, QueryParam.class, QueryParam::value);
    new TreeMap<>(request.getUriInfo().getQueryParameters())
        .forEach(
            (name, values) -> {
              if (known.contains(name)) {
                once(name, values, problems);
              } else {
                problems.add(unknown(name, known));
              }
            });
    for (String header : names(resource, HeaderParam.class, HeaderParam::value)) {
      once(header, request.getHeaders().getOrDefault(header, List.of()), problems);
    }
    if (!problems.isEmpty()) {
      throw ProblemException.bad(problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    }
  }

  private static void once(String name, List<String> values, List<Problem> problems) {
    if (values.size() > 1) {
      problems.add(new Problem(name, "it is given " + values.size() + " times", "once"));
    } else if (values.size() == 1 && values.get(0).isBlank()) {
      problems.add(new Problem(name, "it is empty", "a value, or no " + name + " at all"));
    }
  }

  private static Problem unknown(String name, Set<String> known) {
    String shown = name.replaceAll("\\p{Cntrl}", "\ufffd");
    return new Problem(
        shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME) + "...",
        "there is no such parameter here",
        known.isEmpty() ? "no parameters" : String.join(", ", known));
  }

  private static <A extends Annotation> Set<String> names(
      ResourceInfo resource, Class<A> type, Function<A, String> name) {
    Set<String> names = new TreeSet<>();
    for (Annotation[] parameter : resource.getResourceMethod().getParameterAnnotations()) {
      Stream.of(parameter).filter(type::isInstance).map(type::cast).map(name).forEach(names::add);
    }
    return names;
  }
}
