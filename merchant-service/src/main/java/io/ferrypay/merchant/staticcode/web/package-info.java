/** Static codes over HTTP. */
@NullMarked
package io.ferrypay.merchant.staticcode.web;

import org.jspecify.annotations.NullMarked;
