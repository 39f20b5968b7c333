package io.ferrypay.paymentchannel.channel;

import java.time.Instant;

/**
 * One order to place at a channel.
 *
 * @param key under which account, number and merchant the order is known, how it is to be paid, and
 *     how much
 * @param merchantCategoryCode four digits (ISO 18245)
 * @param merchantName who is paid, as the payer knows them
 * @param description what the payer sees; any Unicode, 1–127 characters: the adapter cleans and
 *     cuts it to what its company accepts
 * @param expiresAt when the order must no longer be payable
 * @param payer who is about to pay
 * @param pageUrl our own page, where the payer finds out how it went; it holds the payment's nonce,
 *     so it is for the payer's browser only
 */
public record ChannelOrder(
        OrderKey key,
        String merchantCategoryCode,
        String merchantName,
        String description,
        Instant expiresAt,
        Payer payer,
        String pageUrl) {

    @Override
    public String toString() {
        return "ChannelOrder[" + key.orderNumber() + " " + key.flow() + "]";
    }
}
