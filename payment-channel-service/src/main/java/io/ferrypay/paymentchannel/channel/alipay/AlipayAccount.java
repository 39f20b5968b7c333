package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import java.time.Clock;

/** One account, ready for use: its settings, its calls to Alipay and its reader of messages. */
record AlipayAccount(
        AlipayProperties.Account settings, AlipayClient client, NotificationReader messages) {

    static AlipayAccount open(
            AlipayProperties properties,
            AlipayProperties.Account settings,
            ChannelHealth health,
            Clock clock) {
        var signer = AlipaySigner.of(settings);
        var client =
                new AlipayClient(
                        properties,
                        settings,
                        signer,
                        new CallGuard(settings.id(), properties.maxConcurrentCalls(), health),
                        new CallGuard(
                                CallGuard.ofCharges(settings.id()),
                                properties.maxConcurrentCalls(),
                                health));
        return new AlipayAccount(
                settings, client, new NotificationReader(settings, signer, client, clock));
    }

    ChannelAccount asChannelAccount() {
        return new ChannelAccount(settings.id(), ChannelCode.ALIPAY, settings.mode());
    }
}
