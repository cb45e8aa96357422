/** PostgreSQL: transactions, its clock, its notifications and the schema. */
@NullMarked
package io.flintwheel.scheduler.database;

import org.jspecify.annotations.NullMarked;
