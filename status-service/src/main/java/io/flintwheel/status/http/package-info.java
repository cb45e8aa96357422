/** What is known of jobs, over HTTP. */
@NullMarked
package io.flintwheel.status.http;

import org.jspecify.annotations.NullMarked;
