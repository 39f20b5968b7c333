/** What staff see of reconciliation in the console, and what they do there by hand. */
@NullMarked
package io.ferrypay.reconcile.board;

import org.jspecify.annotations.NullMarked;
