/** Objects with their versions and the history of their changes. */
@NullMarked
package io.flintwheel.local.apiserver.store;

import org.jspecify.annotations.NullMarked;
