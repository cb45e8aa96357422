/**
 * What a job may ask for. Spark code is never reached by a request that this package refuses.
 *
 * <p>Spark's builder was written for a program that runs as the user. Here it runs as a service, so
 * a configuration that reads "local" files, loads classes or names another API server would act
 * with this service's rights.
 */
@NullMarked
package io.flintwheel.submitter.policy;

import org.jspecify.annotations.NullMarked;
