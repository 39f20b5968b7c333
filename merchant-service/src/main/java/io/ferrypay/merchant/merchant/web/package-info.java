/** Merchants over HTTP. */
@NullMarked
package io.ferrypay.merchant.merchant.web;

import org.jspecify.annotations.NullMarked;
