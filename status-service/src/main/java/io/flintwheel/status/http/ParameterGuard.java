package io.flintwheel.status.http;

import io.flintwheel.events.job.Problem;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that the method they reach does not have, those given twice that it
 * takes once, and empty ones: what nobody reads is a mistake, and a filter that is not applied
 * would answer with everything.
 */
final class ParameterGuard {

  private static final int MOST_PROBLEMS = 10;

  @ServerRequestFilter
  public void guard(UriInfo uri, ResourceInfo resource) {
    Map<String, Boolean> repeatable = repeatable(resource.getResourceMethod());
    List<Problem> wrong = new ArrayList<>();
    new TreeMap<>(uri.getQueryParameters())
        .forEach(
            (name, values) -> {
              if (!repeatable.containsKey(name)) {
                wrong.add(unknown(name, repeatable.keySet()));
              } else if (!repeatable.get(name) && values.size() > 1) {
                wrong.add(new Problem(name, "it is given " + values.size() + " times", "once"));
              } else if (values.contains("")) {
                wrong.add(new Problem(name, "it is empty", "a value, or no " + name + " at all"));
              }
            });
    if (!wrong.isEmpty()) {
      throw Refused.badParameters(wrong.subList(0, Math.min(MOST_PROBLEMS, wrong.size())));
    }
  }

  private static Map<String, Boolean> repeatable(Method method) {
    Map<String, Boolean> repeatable = new TreeMap<>();
    for (Parameter parameter : method.getParameters()) {
      RestQuery query = parameter.getAnnotation(RestQuery.class);
      if (query != null) {
        repeatable.put(
            query.value().isEmpty() ? parameter.getName() : query.value(),
            Collection.class.isAssignableFrom(parameter.getType()));
      }
    }
    return repeatable;
  }

  private static Problem unknown(String name, Collection<String> known) {
    return new Problem(
        FilterParameters.shortened(name),
        "there is no such parameter here",
        known.isEmpty() ? "no parameters" : String.join(", ", known));
  }
}
