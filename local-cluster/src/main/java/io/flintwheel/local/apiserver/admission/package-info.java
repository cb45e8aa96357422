/** What happens to an object before it is stored: defaults, checks, additions. */
@NullMarked
package io.flintwheel.local.apiserver.admission;

import org.jspecify.annotations.NullMarked;
