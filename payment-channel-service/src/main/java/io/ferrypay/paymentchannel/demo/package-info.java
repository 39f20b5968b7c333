/** A month that never was, so that charts and lists of a demo have something to show. */
@NullMarked
package io.ferrypay.paymentchannel.demo;

import org.jspecify.annotations.NullMarked;
