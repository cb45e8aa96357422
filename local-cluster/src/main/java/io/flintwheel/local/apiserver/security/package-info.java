/** Certificates and bearer tokens. */
@NullMarked
package io.flintwheel.local.apiserver.security;

import org.jspecify.annotations.NullMarked;
