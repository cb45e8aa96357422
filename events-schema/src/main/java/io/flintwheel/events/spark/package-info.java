/**
 * The job specification: the v1beta2 {@code SparkApplicationSpec} of the Kubeflow Spark operator.
 */
@NullMarked
package io.flintwheel.events.spark;

import org.jspecify.annotations.NullMarked;
