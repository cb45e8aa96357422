/** The four ways in which a client changes a part of an object. */
@NullMarked
package io.flintwheel.local.apiserver.patch;

import org.jspecify.annotations.NullMarked;
