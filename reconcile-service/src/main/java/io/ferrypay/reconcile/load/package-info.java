/** Keeps statements as they came, and their lines where they can be compared. */
@NullMarked
package io.ferrypay.reconcile.load;

import org.jspecify.annotations.NullMarked;
