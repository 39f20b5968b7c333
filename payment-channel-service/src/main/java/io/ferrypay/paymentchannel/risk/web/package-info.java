/** What our staff ask of risk here. */
@NullMarked
package io.ferrypay.paymentchannel.risk.web;

import org.jspecify.annotations.NullMarked;
