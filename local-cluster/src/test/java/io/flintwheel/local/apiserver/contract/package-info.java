/** What a Kubernetes API must do for us: the same tests against ours and a real one. */
@NullMarked
package io.flintwheel.local.apiserver.contract;

import org.jspecify.annotations.NullMarked;
