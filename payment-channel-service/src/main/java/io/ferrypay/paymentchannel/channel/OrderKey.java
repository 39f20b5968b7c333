package io.ferrypay.paymentchannel.channel;

import io.ferrypay.money.Money;
import java.time.Instant;

/**
 * How one order is found at a channel. All of it was pinned when the order began.
 *
 * @param accountId our account there, see {@link ChannelAccount#id()}
 * @param orderNumber our number for it: 24 of {@code [0-9A-Z]}, unique for ever across all
 *     merchants
 * @param subMerchantId the channel's own name for the merchant who is paid
 * @param flow how the payer was to pay
 * @param amount what the channel was told: in the merchant's currency where it takes that, else in
 *     yuan
 * @param createdAt when the order began, to the millisecond
 */
public record OrderKey(
        String accountId,
        String orderNumber,
        String subMerchantId,
        Flow flow,
        Money amount,
        Instant createdAt) {}
