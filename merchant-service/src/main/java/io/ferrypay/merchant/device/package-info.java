/** A store's tills: paired by a code, known by a key of their own, used by cashiers with a PIN. */
@NullMarked
package io.ferrypay.merchant.device;

import org.jspecify.annotations.NullMarked;
