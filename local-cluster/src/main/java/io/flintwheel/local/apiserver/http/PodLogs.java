package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads containers' output from the kubelet API of the pod's node. */
public final class PodLogs {

  private static final List<String> PASSED_ON =
      List.of(
          "follow",
          "tailLines",
          "limitBytes",
          "sinceSeconds",
          "sinceTime",
          "timestamps",
          "previous");

  private final Objects objects;
  private final HttpClient client;

  /**
   * Reads logs through a client of nodes.
   *
   * @param client shows a certificate of the cluster's authority and trusts only such
   */
  public PodLogs(Objects objects, HttpClient client) {
    this.objects = objects;
    this.client = client;
  }

  void open(ApiRequest call) {
    RequestTarget target = call.target();
    String name = target.name() == null ? "" : target.name();
    StoredObject pod = objects.require(ResourceTypes.PODS, target.keyNamespace(), name);
    OptionsCheck.checkLog(call, name);
    String container = container(pod, call.query().getOrDefault("container", ""));
    String node = Json.textOrEmpty(pod.tree(), "spec", "nodeName");
    if (node.isEmpty()) {
      Answer.text(200, "").send(call.http().response());
      return;
    }
    JsonNode endpoint = objects.require(ResourceTypes.NODES, "", node).tree().path("status");
    String path =
        "/containerLogs/" + pod.key().namespace() + "/" + name + "/" + container + query(call);
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(address(endpoint))
            .setPort(endpoint.path("daemonEndpoints").path("kubeletEndpoint").path("Port").asInt())
            .setSsl(true)
            .setURI(path);
    client
        .request(request)
        .compose(opened -> sent(call, opened))
        .onSuccess(answer -> pass(call, pod, answer))
        .onFailure(
            failure ->
                Answer.of(
                        ApiFailure.passedOn(
                            500,
                            "Get \"https://"
                                + request.getHost()
                                + ":"
                                + request.getPort()
                                + path
                                + "\": "
                                + failure.getMessage(),
                            ResourceTypes.PODS,
                            name))
                    .send(call.http().response()));
  }

  private static io.vertx.core.Future<HttpClientResponse> sent(
      ApiRequest call, HttpClientRequest opened) {
    call.http().response().closeHandler(unused -> opened.reset());
    return opened.send();
  }

  private static void pass(ApiRequest call, StoredObject pod, HttpClientResponse answer) {
    HttpServerResponse response = call.http().response();
    if (answer.statusCode() != 200) {
      answer
          .body()
          .onSuccess(
              body ->
                  Answer.of(
                          ApiFailure.passedOn(
                              answer.statusCode(),
                              body.toString().strip(),
                              ResourceTypes.PODS,
                              pod.key().name()))
                      .send(response))
          .onFailure(unused -> response.reset());
      return;
    }
    response.setChunked(true).putHeader("content-type", "text/plain");
    response.writeHead();
    answer.pipeTo(response).onFailure(unused -> response.reset());
  }

  private static String container(StoredObject pod, String asked) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      pod.tree().path("spec").path(list).forEach(c -> names.add(c.path("name").asText()));
    }
    if (asked.isEmpty() && names.size() == 1) {
      return names.get(0);
    }
    if (asked.isEmpty()) {
      throw ApiFailure.badRequest(
          "a container name must be specified for pod "
              + pod.key().name()
              + ", choose one of: ["
              + String.join(" ", names)
              + "]");
    }
    if (!names.contains(asked)) {
      throw ApiFailure.badRequest(
          "container " + asked + " is not valid for pod " + pod.key().name());
    }
    return asked;
  }

  private static String query(ApiRequest call) {
    StringBuilder query = new StringBuilder();
    for (String parameter : PASSED_ON) {
      String value = call.query(parameter);
      if (value != null) {
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(parameter)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private static String address(JsonNode nodeStatus) {
    for (JsonNode address : nodeStatus.path("addresses")) {
      if ("InternalIP".equals(Json.text(address, "type"))) {
        return Json.textOrEmpty(address, "address");
      }
    }
    throw ApiFailure.internal("no preferred addresses found; known addresses: []");
  }
}
