package io.flintwheel.submitter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Set;

/** What the submitter is told about the installation it is part of. */
@ConfigMapping(prefix = "flintwheel.submitter")
public interface SubmitterConfig {

  /**
   * The installation's name, lower-case letters, digits and dashes. It is in the source of every
   * event, {@code urn:flintwheel:<cluster>:submitter}, so changing it changes the ids of jobs that
   * are derived from events of this service.
   */
  @WithDefault("local")
  @Pattern(regexp = "[a-z0-9]([-a-z0-9]*[a-z0-9])?")
  String cluster();

  /**
   * The namespaces in which jobs may run, separated by commas. The service needs its Role in each.
   */
  @WithDefault("default")
  @NotEmpty
  Set<String> namespaces();

  /** Where callers reach the status service; answers of the HTTP interface point there. */
  @WithDefault("http://localhost:8083")
  URI statusUrl();

  /** The service account of drivers whose job names none. */
  @WithDefault("spark")
  @NotBlank
  String driverServiceAccount();
}
