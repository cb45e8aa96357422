package io.flintwheel.scheduler.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done inside one transaction. */
@FunctionalInterface
public interface Work<T> {

  T run(Connection connection) throws SQLException;
}
