/** Examples under the names that Spark's own distribution gives them. */
package org.apache.spark.examples;
