package io.flintwheel.scheduler;

import io.flintwheel.local.postgres.LocalPostgres;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Tells the service where Kafka and PostgreSQL are, and takes both away before it starts. */
public final class AbsentAtStart implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(new KafkaTestResource().start());
    LocalPostgres postgres = PostgresTestResource.postgres();
    postgres.createDatabase("flintwheel_outage");
    config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("flintwheel_outage"));
    config.put("quarkus.datasource.username", postgres.username());
    config.put("quarkus.datasource.password", postgres.password());
    // By default a minute: on a busy machine the stop and the start take some of it too.
    config.put("flintwheel.ticks.on-time", "PT5M");
    KafkaTestResource.kafka().stop();
    postgres.stop();
    return config;
  }

  /** The test brought both back, for the tests that follow. */
  @Override
  public void stop() {}
}
