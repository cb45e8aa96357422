/**
 * Spark's own driver builder, in this process, behind {@link
 * io.flintwheel.submitter.spark.DriverBuilder}. Nothing outside this package sees Spark, Hadoop or
 * Scala; an architecture test holds it.
 */
@NullMarked
package io.flintwheel.submitter.spark;

import org.jspecify.annotations.NullMarked;
