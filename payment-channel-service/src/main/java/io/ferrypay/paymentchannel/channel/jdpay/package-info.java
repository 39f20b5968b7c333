/**
 * JD Pay's second generation ("paygate"): cashier pages, QR orders, queries, refunds, revocations,
 * notifications and bills. It takes yuan only.
 */
@NullMarked
package io.ferrypay.paymentchannel.channel.jdpay;

import org.jspecify.annotations.NullMarked;
