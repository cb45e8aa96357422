/** A Kubernetes node that runs the containers of its pods as local processes. */
@NullMarked
package io.flintwheel.local.node;

import org.jspecify.annotations.NullMarked;
