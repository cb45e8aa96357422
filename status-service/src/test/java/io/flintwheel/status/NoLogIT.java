package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is answered when a log is asked for that does not exist. */
@QuarkusTest
@OnStatusService
@Tag("cluster")
class NoLogIT {

  private final FakeKubelet kubelet = new FakeKubelet(KubernetesTestResource.client());
  private final String id = Jobs.newId();

  @Test
  void saysThatACancelledJobHasNoLogWhenItIsFollowed() {
    Pod driver = kubelet.createDriver(id);
    Jobs.awaitState(id, "PENDING");
    kubelet.annotateCancelled(driver, "asked by ann");
    kubelet.vanishes(driver);
    Jobs.awaitState(id, "CANCELLED");

    ValidatableResponse answer = follow();

    answer.body("detail", containsString("CANCELLED"));
  }

  @Test
  void saysThatADriverHasNotStartedWhenItIsFollowed() {
    kubelet.createDriver(id);
    Jobs.awaitState(id, "PENDING");

    ValidatableResponse answer = follow();

    answer.body("detail", containsString("PENDING"));
  }

  private ValidatableResponse follow() {
    return get("/api/v1/jobs/" + id + "/logs?follow=true")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }
}
