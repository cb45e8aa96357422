/** Where tests take their broker, database and Kubernetes API from. */
@NullMarked
package io.flintwheel.testing;

import org.jspecify.annotations.NullMarked;
