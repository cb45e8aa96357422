/**
 * The parts of a control plane that react to changes: garbage collection, namespaces, scheduling.
 */
@NullMarked
package io.flintwheel.local.apiserver.controller;

import org.jspecify.annotations.NullMarked;
