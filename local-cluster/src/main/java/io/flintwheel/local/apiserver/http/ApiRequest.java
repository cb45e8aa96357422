package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Modification.Scope;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.schema.FieldCheck;
import io.flintwheel.local.apiserver.schema.FieldCheck.Mode;
import io.flintwheel.local.apiserver.security.Identity;
import io.flintwheel.local.apiserver.selector.FieldSelector;
import io.flintwheel.local.apiserver.selector.LabelSelector;
import io.flintwheel.local.apiserver.selector.Selection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request: where it goes, who sends it and what its query says. */
final class ApiRequest {

  private final HttpServerRequest http;
  private final RequestTarget target;
  private final Identity identity;
  private final Map<String, String> query;
  private final Verb verb;
  private final List<String> warnings = new ArrayList<>();

  ApiRequest(HttpServerRequest http, RequestTarget target, Identity identity) {
    this.http = http;
    this.target = target;
    this.identity = identity;
    this.query = new HashMap<>();
    http.params().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    this.verb = verbOf(http.method(), target, flag("watch"));
  }

  HttpServerRequest http() {
    return http;
  }

  RequestTarget target() {
    return target;
  }

  Identity identity() {
    return identity;
  }

  Verb verb() {
    return verb;
  }

  Map<String, String> query() {
    return query;
  }

  @Nullable String query(String name) {
    return query.get(name);
  }

  boolean flag(String name) {
    String value = query.get(name);
    return value != null && (value.equals("true") || value.equals("1") || value.isEmpty());
  }

  /** A whole number, 0 when it is not given. */
  long number(String name) {
    String value = query.get(name);
    if (value == null || value.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ApiFailure.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
    }
  }

  boolean dryRun() {
    return "All".equals(query.get("dryRun"));
  }

  /** True for reading a container's output. */
  boolean logs() {
    return verb == Verb.GET && "log".equals(target.subresource());
  }

  /** Who owns the fields that this request writes. */
  String fieldManager() {
    String named = query.get("fieldManager");
    if (named != null && !named.isEmpty()) {
      return named;
    }
    String agent = http.getHeader(HttpHeaders.USER_AGENT);
    return agent == null ? "unknown" : agent.split("/", 2)[0];
  }

  /**
   * Takes unknown fields out of what the client sends; what it is to be told is kept.
   *
   * @param repeated what is told of fields that it sends twice
   */
  ObjectNode checked(ObjectNode object, List<String> repeated) {
    Mode mode = Mode.of(query.getOrDefault("fieldValidation", "Warn"));
    warnings.addAll(FieldCheck.check(target.type(), object, mode, repeated));
    return object;
  }

  List<String> warnings() {
    return warnings;
  }

  private Writer writer() {
    String subresource = target.subresource();
    return new Writer(fieldManager(), subresource == null ? "" : subresource);
  }

  WriteOptions writeOptions(boolean applied) {
    return new WriteOptions(writer(), dryRun(), applied);
  }

  Scope scope(boolean requireVersion, boolean applied) {
    return new Scope(
        target.subresource() != null,
        verb == Verb.PATCH,
        requireVersion,
        dryRun(),
        applied,
        writer());
  }

  String accept() {
    String accept = http.getHeader(HttpHeaders.ACCEPT);
    return accept == null ? "" : accept;
  }

  Selection selection() {
    String name = target.name();
    return new Selection(
        target.type(),
        target.namespace(),
        LabelSelector.parse(query.get("labelSelector")),
        name == null
            ? FieldSelector.parse(target.type(), fieldSelector())
            : FieldSelector.name(name));
  }

  private @Nullable String fieldSelector() {
    String selector = query.get("fieldSelector");
    return selector != null && target.eventView() ? EventView.selector(selector) : selector;
  }

  private static Verb verbOf(HttpMethod method, RequestTarget target, boolean watch) {
    boolean one = target.name() != null;
    // One object is watched through its collection, by a field selector.
    return switch (method.name()) {
      case "GET" -> {
        if (one) {
          yield Verb.GET;
        }
        yield watch ? Verb.WATCH : Verb.LIST;
      }
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "PATCH" -> Verb.PATCH;
      case "DELETE" -> one ? Verb.DELETE : Verb.DELETECOLLECTION;
      default -> Verb.NONE;
    };
  }
}
