/** Stores over HTTP. */
@NullMarked
package io.ferrypay.merchant.store.web;

import org.jspecify.annotations.NullMarked;
