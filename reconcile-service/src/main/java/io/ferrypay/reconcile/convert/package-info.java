/** Reads every channel's statement, whatever its form, into one standard bill. */
@NullMarked
package io.ferrypay.reconcile.convert;

import org.jspecify.annotations.NullMarked;
