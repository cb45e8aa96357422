/** How every service meets HTTP. */
@NullMarked
package io.flintwheel.http;

import org.jspecify.annotations.NullMarked;
