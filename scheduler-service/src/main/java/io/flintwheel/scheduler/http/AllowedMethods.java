package io.flintwheel.scheduler.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can be done at a path, for the {@code Allow} header that a 405 must have (RFC 9110). */
final class AllowedMethods {

  private AllowedMethods() {}

  static Set<String> at(String path) {
    Set<String> allowed = new TreeSet<>();
    for (Method method : ScheduleResource.class.getDeclaredMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (http != null && path.matches(pattern(method.getAnnotation(Path.class)))) {
          allowed.add(http.value());
        }
      }
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
