/** What kinds of object there are, and how the API tells a failure. */
@NullMarked
package io.flintwheel.local.apiserver.resource;

import org.jspecify.annotations.NullMarked;
