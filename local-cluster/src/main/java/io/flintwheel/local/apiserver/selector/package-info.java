/** Label and field selectors. */
@NullMarked
package io.flintwheel.local.apiserver.selector;

import org.jspecify.annotations.NullMarked;
