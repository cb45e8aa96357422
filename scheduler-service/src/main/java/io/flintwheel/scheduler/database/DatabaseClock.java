package io.flintwheel.scheduler.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What time it is, to the microsecond. There is one clock for all replicas, the database's, so that
 * a replica whose own clock is wrong fires nothing early and nothing twice.
 */
@FunctionalInterface
public interface DatabaseClock {

  Instant now(Connection connection) throws SQLException;
}
