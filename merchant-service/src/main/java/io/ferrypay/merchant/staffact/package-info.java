/** Tells the company's audit what its staff do with merchants. */
@NullMarked
package io.ferrypay.merchant.staffact;

import org.jspecify.annotations.NullMarked;
