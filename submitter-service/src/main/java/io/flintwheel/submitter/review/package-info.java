/** From a job request to a driver that may be built, or to all the reasons why not. */
@NullMarked
package io.flintwheel.submitter.review;

import org.jspecify.annotations.NullMarked;
