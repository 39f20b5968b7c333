/** Differences on their way to those who decide about them, and what they decided. */
@NullMarked
package io.ferrypay.reconcile.handling;

import org.jspecify.annotations.NullMarked;
