/** Applications that end as they are told to: for trying out how failures are reported. */
package io.flintwheel.examples;
