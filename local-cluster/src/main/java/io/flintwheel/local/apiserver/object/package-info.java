/** Reading, creating, changing and deleting objects by the rules that hold for every type. */
@NullMarked
package io.flintwheel.local.apiserver.object;

import org.jspecify.annotations.NullMarked;
