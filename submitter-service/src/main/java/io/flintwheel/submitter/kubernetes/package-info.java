/**
 * Makes, completes and deletes drivers on Kubernetes. Objects are created and never applied over
 * what is there, so that no mistake of ours changes a driver that runs.
 */
@NullMarked
package io.flintwheel.submitter.kubernetes;

import org.jspecify.annotations.NullMarked;
