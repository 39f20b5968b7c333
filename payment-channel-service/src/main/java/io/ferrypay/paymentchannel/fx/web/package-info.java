/** Rates and quotes over HTTP. */
@NullMarked
package io.ferrypay.paymentchannel.fx.web;

import org.jspecify.annotations.NullMarked;
