/** Compares what a channel says of a day with what we hold, and keeps what does not fit. */
@NullMarked
package io.ferrypay.reconcile.compare;

import org.jspecify.annotations.NullMarked;
