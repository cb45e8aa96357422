/** Requests over HTTP: they become the same events as everybody's. */
@NullMarked
package io.flintwheel.submitter.http;

import org.jspecify.annotations.NullMarked;
