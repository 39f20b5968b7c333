/** A shop to try the platform with. */
@NullMarked
package io.ferrypay.merchant.demo;

import org.jspecify.annotations.NullMarked;
