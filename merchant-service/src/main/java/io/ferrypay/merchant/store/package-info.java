/** Where a merchant sells. */
@NullMarked
package io.ferrypay.merchant.store;

import org.jspecify.annotations.NullMarked;
