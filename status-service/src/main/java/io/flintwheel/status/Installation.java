package io.flintwheel.status;

import io.flintwheel.events.Event;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.util.List;

/** What this installation of Flintwheel is called and where its jobs run. */
@ConfigMapping(prefix = "flintwheel.installation")
public interface Installation {

  /**
   * Name of the cluster; part of the source of every event. Environment: {@code
   * FLINTWHEEL_CLUSTER}. Changing it makes every fact about a living pod be told once more.
   */
  @WithDefault("local")
  @NotBlank
  String cluster();

  /**
   * Namespaces whose pods are watched, comma separated. Environment: {@code FLINTWHEEL_NAMESPACES}.
   */
  @WithDefault("default")
  @NotEmpty
  List<@NotBlank String> namespaces();

  /** The source of the events of this service. */
  default URI source() {
    return Event.source(cluster(), "status");
  }
}
