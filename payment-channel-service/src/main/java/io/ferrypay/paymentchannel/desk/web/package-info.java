/** What our own staff look up, over HTTP. */
@NullMarked
package io.ferrypay.paymentchannel.desk.web;

import org.jspecify.annotations.NullMarked;
