/** Objects as rows: what {@code kubectl get} prints. */
@NullMarked
package io.flintwheel.local.apiserver.table;

import org.jspecify.annotations.NullMarked;
