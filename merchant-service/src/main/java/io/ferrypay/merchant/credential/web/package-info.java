/** API keys over HTTP. */
@NullMarked
package io.ferrypay.merchant.credential.web;

import org.jspecify.annotations.NullMarked;
