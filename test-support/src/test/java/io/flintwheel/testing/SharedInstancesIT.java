package io.flintwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What a test stops and restarts must be what the application under test talks to. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class SharedInstancesIT {

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Inject DataSource dataSource;

  @Test
  void theTestSeesTheBrokerOfTheApplication() {
    assertThat(KafkaTestResource.kafka().bootstrapServers()).isEqualTo(bootstrapServers);
  }

  @Test
  void theTestSeesTheDatabaseOfTheApplication() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.getMetaData().getURL())
          .startsWith(PostgresTestResource.postgres().jdbcUrl(PostgresTestResource.DATABASE));
    }
  }
}
