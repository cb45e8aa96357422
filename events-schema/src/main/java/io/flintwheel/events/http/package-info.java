/** What the services' HTTP interfaces have in common. */
@NullMarked
package io.flintwheel.events.http;

import org.jspecify.annotations.NullMarked;
