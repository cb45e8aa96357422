/**
 * A Kubernetes API in memory, over HTTPS, that behaves as a real API server does where Spark, our
 * services and kubectl touch it.
 */
@NullMarked
package io.flintwheel.local.apiserver;

import org.jspecify.annotations.NullMarked;
