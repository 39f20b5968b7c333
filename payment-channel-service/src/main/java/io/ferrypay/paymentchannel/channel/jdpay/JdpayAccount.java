package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One account, ready for use.
 *
 * @param bills null when there is no key for them
 */
record JdpayAccount(
        JdpayProperties.Account settings,
        JdpayMessages messages,
        JdpayClient client,
        @Nullable JdpayBills bills) {

    static JdpayAccount open(
            JdpayProperties properties, JdpayProperties.Account settings, ChannelHealth health) {
        var credentials = JdpayCredentials.load(settings);
        var messages =
                new JdpayMessages(
                        settings.merchant(), credentials.cipher(), credentials.signature());
        var http =
                new OkHttpClient.Builder()
                        .connectTimeout(properties.connectTimeout())
                        .readTimeout(properties.readTimeout())
                        .writeTimeout(properties.readTimeout())
                        .callTimeout(properties.connectTimeout().plus(properties.readTimeout()))
                        .followRedirects(false)
                        .addNetworkInterceptor(JdpayClient::noteThatItLeft)
                        .build();
        var guard = new CallGuard(settings.id(), properties.maxConcurrentCalls(), health);
        var md5Key = credentials.md5Key();
        return new JdpayAccount(
                settings,
                messages,
                new JdpayClient(settings.id(), settings.gateway(), messages, http, guard),
                md5Key == null
                        ? null
                        : new JdpayBills(
                                settings,
                                md5Key,
                                http.newBuilder().callTimeout(properties.billTimeout()).build()));
    }

    ChannelAccount asChannelAccount() {
        return new ChannelAccount(settings.id(), ChannelCode.JDPAY, settings.mode());
    }

    /** Whether a failure means that JD does not know the order, as far as we have been told. */
    boolean meansNotFound(String code) {
        return settings.orderNotFoundCodes().contains(code);
    }
}
