package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import java.time.Clock;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * One account, ready for use: its settings, its calls to WeChat and its reader of notifications.
 */
record WechatAccount(
        WechatProperties.Account settings, WechatClient client, NotificationReader notifications) {

    /** A notification must be answered within 5 s, even one that brings an unknown serial. */
    private static final Duration DOWNLOAD_PATIENCE = Duration.ofSeconds(3);

    static WechatAccount open(
            WechatProperties properties,
            WechatProperties.Account settings,
            ChannelHealth health,
            Clock clock) {
        var credentials = WechatCredentials.load(settings);
        var okHttp =
                Exchange.httpClient(
                        properties.connectTimeout(),
                        properties.readTimeout(),
                        properties.maxConcurrentCalls());
        var signer = RequestSigner.of(settings.merchantSerial(), credentials.privateKey());
        var certificates =
                settings.certificates()
                        ? certificates(settings, credentials, signer, okHttp, clock)
                        : null;
        var keys = new PlatformKeys(settings.publicKeyId(), credentials.publicKey(), certificates);
        var config = new WechatConfig(settings, credentials, signer, keys, certificates);
        var http = new DefaultHttpClientBuilder().okHttpClient(okHttp).config(config).build();
        return new WechatAccount(
                settings,
                new WechatClient(
                        settings,
                        http,
                        keys,
                        new CallGuard(settings.id(), properties.maxConcurrentCalls(), health)),
                new NotificationReader(settings, keys, config.createAeadCipher(), clock));
    }

    ChannelAccount asChannelAccount() {
        return new ChannelAccount(settings.id(), ChannelCode.WECHAT, settings.mode());
    }

    private static PlatformCertificates certificates(
            WechatProperties.Account settings,
            WechatCredentials credentials,
            Signer signer,
            OkHttpClient okHttp,
            Clock clock) {
        var download =
                new CertificateDownload(
                        settings.endpoint("/v3/global/certificates"),
                        new WechatPay2Credential(settings.spMchid(), signer),
                        credentials.apiV3Key(),
                        okHttp.newBuilder().callTimeout(DOWNLOAD_PATIENCE).build());
        return new PlatformCertificates(
                settings.id(), download::certificates, clock, DOWNLOAD_PATIENCE);
    }
}
