package io.flintwheel.local.apiserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Creating, reading and replacing objects. */
class ObjectContractIT extends ApiContract {

  @Test
  void refusesARequestWithoutAKnownToken() {
    Reply reply = api().getAs("not-a-token", api().in("/pods"));

    assertFailed(reply, 401, "Unauthorized");
  }

  @Test
  void givesANewObjectItsIdentity() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("identity", ""));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("metadata", "uid")).hasSize(36);
    assertThat(created.text("metadata", "resourceVersion")).matches("\\d+");
    assertThat(created.text("metadata", "creationTimestamp")).endsWith("Z").hasSize(20);
    assertThat(created.text("metadata", "namespace")).isEqualTo(api().namespace());
    assertThat(created.text("apiVersion")).isEqualTo("v1");
    assertThat(created.text("kind")).isEqualTo("ConfigMap");
    assertThat(created.body().has("data")).isFalse();
  }

  @Test
  void generatesANameFromItsPrefix() {
    Reply created =
        api()
            .post(
                api().in("/configmaps"),
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "made-"}}""");

    assertThat(created.text("metadata", "name")).matches("made-[a-z0-9]{5}");
    assertThat(created.text("metadata", "generateName")).isEqualTo("made-");
  }

  @Test
  void refusesASecondObjectOfTheSameName() {
    api().post(api().in("/configmaps"), api().configMap("twice", ""));

    Reply second = api().post(api().in("/configmaps"), api().configMap("twice", ""));

    assertFailed(second, 409, "AlreadyExists");
    assertThat(second.text("message")).isEqualTo("configmaps \"twice\" already exists");
    assertThat(second.text("details", "name")).isEqualTo("twice");
    assertThat(second.text("details", "kind")).isEqualTo("configmaps");
  }

  @Test
  void namesWhatIsNotFound() {
    Reply reply =
        api()
            .get("/apis/coordination.k8s.io/v1/namespaces/" + api().namespace() + "/leases/absent");

    assertFailed(reply, 404, "NotFound");
    assertThat(reply.text("message")).isEqualTo("leases.coordination.k8s.io \"absent\" not found");
    assertThat(reply.text("details", "group")).isEqualTo("coordination.k8s.io");
  }

  @Test
  void refusesAnObjectInANamespaceThatIsNotThere() {
    Reply reply =
        api().post("/api/v1/namespaces/contract-absent/configmaps", api().configMap("x", ""));

    assertFailed(reply, 404, "NotFound");
    assertThat(reply.text("message")).isEqualTo("namespaces \"contract-absent\" not found");
  }

  @Test
  void replacesOnlyTheVersionThatTheClientHasSeen() {
    ObjectNode seen =
        (ObjectNode)
            api().post(api().in("/configmaps"), api().configMap("versions", "\"a\": \"1\"")).body();
    ObjectNode next = seen.deepCopy();
    ((ObjectNode) next.path("data")).put("a", "2");
    Reply replaced = api().put(api().in("/configmaps/versions"), next);

    Reply stale = api().put(api().in("/configmaps/versions"), seen);

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.text("metadata", "uid")).isEqualTo(seen.at("/metadata/uid").asText());
    assertFailed(stale, 409, "Conflict");
    assertThat(stale.text("message"))
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"versions\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void replacesWithoutAVersionUnconditionally() {
    api().post(api().in("/configmaps"), api().configMap("anyversion", "\"a\": \"1\""));

    Reply replaced =
        api()
            .put(api().in("/configmaps/anyversion"), api().configMap("anyversion", "\"a\": \"2\""));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.text("data", "a")).isEqualTo("2");
  }

  @Test
  void keepsTheVersionWhenAWriteChangesNothing() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("same", "\"a\": \"1\""));

    Reply replaced = api().put(api().in("/configmaps/same"), created.body());

    assertThat(replaced.text("metadata", "resourceVersion"))
        .isEqualTo(created.text("metadata", "resourceVersion"));
  }

  @Test
  void refusesToReplaceAnotherObjectOfTheSameName() {
    Reply created = api().post(api().in("/configmaps"), api().configMap("uids", ""));
    ObjectNode other = created.body().deepCopy();
    ((ObjectNode) other.path("metadata")).put("uid", "00000000-0000-0000-0000-000000000000");

    Reply reply = api().put(api().in("/configmaps/uids"), other);

    assertFailed(reply, 409, "Conflict");
  }

  @Test
  void refusesToReplaceWhatIsNotThere() {
    Reply reply = api().put(api().in("/configmaps/absent"), api().configMap("absent", ""));

    assertFailed(reply, 404, "NotFound");
  }

  @Test
  void triesWithoutDoing() {
    Reply tried = api().post(api().in("/configmaps?dryRun=All"), api().configMap("tried", ""));

    assertThat(tried.status()).isEqualTo(201);
    assertThat(api().get(api().in("/configmaps/tried")).status()).isEqualTo(404);
  }
}
