/** What is known of jobs, as values, and how a message changes it. */
@NullMarked
package io.flintwheel.status.job;

import org.jspecify.annotations.NullMarked;
