package io.flintwheel.scheduler.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be done at a path; empty when there is nothing. */
final class AllowedMethods {

  private static final List<Class<?>> RESOURCES =
      List.of(ScheduleResource.class, ScheduleActionResource.class, TickResource.class);

  private AllowedMethods() {}

  static Set<String> at(String path) {
    Set<String> allowed = new TreeSet<>();
    RESOURCES.stream()
        .flatMap(resource -> Stream.of(resource.getDeclaredMethods()))
        .forEach(
            method -> {
              for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null && path.matches(pattern(method.getAnnotation(Path.class)))) {
                  allowed.add(http.value());
                }
              }
            });
    if (!allowed.isEmpty()) {
      allowed.add(HttpMethod.OPTIONS);
    }
    if (allowed.contains(HttpMethod.GET)) {
      allowed.add(HttpMethod.HEAD);
    }
    return allowed;
  }

  private static String pattern(@Nullable Path below) {
    String template = ScheduleDocuments.PATH + (below == null ? "" : "/" + below.value());
    return template.replaceAll("\\{[a-z]+}", "[^/]+") + "/?";
  }
}
