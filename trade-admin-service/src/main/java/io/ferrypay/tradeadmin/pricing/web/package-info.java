/** Prices for the platform's own people, and their changes for other services. */
@NullMarked
package io.ferrypay.tradeadmin.pricing.web;

import org.jspecify.annotations.NullMarked;
