package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {

  private final FakeObjects objects =
      new FakeObjects()
          .withConfigMap("settings", Map.of("colour", "red", "size", "7"))
          .withSecret("login", Map.of("password", "aHVudGVyMg=="));

  private final ContainerEnvironment environments =
      new ContainerEnvironment(
          objects,
          new DownwardFields(
              new PodBuilder()
                  .withNewMetadata()
                  .withNamespace("default")
                  .withName("pi")
                  .withUid("u1")
                  .addToLabels("team", "data")
                  .endMetadata()
                  .withNewSpec()
                  .withNodeName("local")
                  .endSpec()
                  .build(),
              "127.10.0.2",
              "127.10.0.1",
              Map.of("cpu", new Quantity("8"), "memory", new Quantity("16Gi"))));

  @Test
  void expandsWhatWasSetBefore() throws CannotStart {
    Container container =
        container()
            .addNewEnv()
            .withName("HOST")
            .withValue("db")
            .endEnv()
            .addNewEnv()
            .withName("URL")
            .withValue("jdbc://$(HOST)/$(LATER)")
            .endEnv()
            .addNewEnv()
            .withName("LATER")
            .withValue("x")
            .endEnv()
            .build();

    Map<String, String> environment = environments.of(container);

    assertThat(environment).containsEntry("URL", "jdbc://db/$(LATER)");
  }

  @Test
  void readsFieldsAndResources() throws CannotStart {
    Container container =
        container()
            .withNewResources()
            .addToLimits("memory", new Quantity("512Mi"))
            .addToRequests("cpu", new Quantity("250m"))
            .endResources()
            .addNewEnv()
            .withName("IP")
            .withNewValueFrom()
            .withNewFieldRef("v1", "status.podIP")
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("TEAM")
            .withNewValueFrom()
            .withNewFieldRef("v1", "metadata.labels['team']")
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("MEMORY")
            .withNewValueFrom()
            .withResourceFieldRef(
                new ResourceFieldSelector("main", new Quantity("1Mi"), "limits.memory"))
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("CPU")
            .withNewValueFrom()
            .withResourceFieldRef(
                new ResourceFieldSelector("main", new Quantity("1m"), "requests.cpu"))
            .endValueFrom()
            .endEnv()
            .addNewEnv()
            .withName("ALL_CPU")
            .withNewValueFrom()
            .withResourceFieldRef(new ResourceFieldSelector("main", null, "limits.cpu"))
            .endValueFrom()
            .endEnv()
            .build();

    Map<String, String> environment = environments.of(container);

    assertThat(environment)
        .containsEntry("IP", "127.10.0.2")
        .containsEntry("TEAM", "data")
        .containsEntry("MEMORY", "512")
        .containsEntry("CPU", "250")
        .containsEntry("ALL_CPU", "8");
  }

  @Test
  void takesWholeConfigMapsAndSingleSecrets() throws CannotStart {
    Container container =
        container()
            .addNewEnvFrom()
            .withPrefix("APP_")
            .withNewConfigMapRef("settings", false)
            .endEnvFrom()
            .addNewEnv()
            .withName("PASSWORD")
            .withNewValueFrom()
            .withNewSecretKeyRef("password", "login", false)
            .endValueFrom()
            .endEnv()
            .build();

    Map<String, String> environment = environments.of(container);

    assertThat(environment)
        .containsEntry("APP_colour", "red")
        .containsEntry("APP_size", "7")
        .containsEntry("PASSWORD", "hunter2");
  }

  @Test
  void leavesOutWhatIsOptionalAndMissing() throws CannotStart {
    Container container =
        container()
            .addNewEnv()
            .withName("GONE")
            .withNewValueFrom()
            .withNewConfigMapKeyRef("colour", "no-such-map", true)
            .endValueFrom()
            .endEnv()
            .build();

    Map<String, String> environment = environments.of(container);

    assertThat(environment).isEmpty();
  }

  @Test
  void waitsForAKeyThatIsMissing() {
    Container container =
        container()
            .addNewEnv()
            .withName("SHAPE")
            .withNewValueFrom()
            .withNewConfigMapKeyRef("shape", "settings", false)
            .endValueFrom()
            .endEnv()
            .build();

    assertThatThrownBy(() -> environments.of(container))
        .isInstanceOfSatisfying(
            CannotStart.class,
            e -> {
              assertThat(e.outlook()).isEqualTo(CannotStart.Outlook.MAY_COME);
              assertThat(e.reason()).isEqualTo("CreateContainerConfigError");
              assertThat(e).hasMessage("couldn't find key shape in ConfigMap default/settings");
            });
  }

  private static ContainerBuilder container() {
    return new ContainerBuilder().withName("main");
  }
}
