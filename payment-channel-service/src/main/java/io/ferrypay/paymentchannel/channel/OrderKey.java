package io.ferrypay.paymentchannel.channel;

/**
 * How one order is found at a channel.
 *
 * @param accountId our account there, see {@link ChannelAccount#id()}
 * @param orderNumber our number for it: 32 of {@code [0-9A-Z]}, unique for ever across all
 *     merchants
 * @param subMerchantId the channel's own name for the merchant who is paid
 */
public record OrderKey(String accountId, String orderNumber, String subMerchantId) {}
