package io.ferrypay.paymentchannel.channel;

import io.ferrypay.money.Money;
import java.time.Instant;

/**
 * One order to place at a channel.
 *
 * @param key under which account, number and merchant the order is known
 * @param merchantCategoryCode four digits (ISO 18245)
 * @param amount what the merchant is owed, in the merchant's currency
 * @param description what the payer sees; any Unicode, 1–127 characters: the adapter cleans and
 *     cuts it to what its company accepts
 * @param createdAt when our attempt began
 * @param expiresAt when the order must no longer be payable
 */
public record ChannelOrder(
        OrderKey key,
        String merchantCategoryCode,
        Money amount,
        String description,
        Instant createdAt,
        Instant expiresAt) {}
