/** The HTTP surface: paths, verbs, streams, tables, discovery. */
@NullMarked
package io.flintwheel.local.apiserver.http;

import org.jspecify.annotations.NullMarked;
