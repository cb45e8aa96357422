/** Which fields the API's types have, so that a mistyped one is not taken for something else. */
@NullMarked
package io.flintwheel.local.apiserver.schema;

import org.jspecify.annotations.NullMarked;
