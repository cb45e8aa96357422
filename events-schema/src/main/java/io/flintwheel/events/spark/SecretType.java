package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a mounted secret is for; decides which environment variable points at it. */
public enum SecretType {
  /** {@code GOOGLE_APPLICATION_CREDENTIALS} is {@code <path>/key.json}. */
  @JsonProperty("GCPServiceAccount")
  GCP_SERVICE_ACCOUNT,
  /** {@code HADOOP_TOKEN_FILE_LOCATION} is {@code <path>/hadoop.token}. */
  @JsonProperty("HadoopDelegationToken")
  HADOOP_DELEGATION_TOKEN,
  /** No variable. */
  @JsonProperty("Generic")
  GENERIC
}
