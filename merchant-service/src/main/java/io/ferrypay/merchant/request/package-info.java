/** Requests that made something, remembered by their idempotency key so that a repeat finds it. */
@NullMarked
package io.ferrypay.merchant.request;

import org.jspecify.annotations.NullMarked;
