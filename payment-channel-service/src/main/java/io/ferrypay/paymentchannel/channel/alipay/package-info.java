/**
 * Alipay's cross-border payments on its {@code gateway.do}: cashier pages for computers and phones,
 * transaction codes, queries, refunds, rates and the reconciliation file. What the protocol sheet
 * calls not confirmed is confirmed by a query before it is believed, or is a setting.
 */
@NullMarked
package io.ferrypay.paymentchannel.channel.alipay;

import org.jspecify.annotations.NullMarked;
