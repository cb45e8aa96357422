package io.flintwheel.status.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource that refuses query parameters which its method does not have, those given twice that
 * it takes once, and empty ones: what nobody reads is a mistake, and a filter that is not applied
 * would answer with everything.
 */
@NameBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface OnlyKnownParameters {}
