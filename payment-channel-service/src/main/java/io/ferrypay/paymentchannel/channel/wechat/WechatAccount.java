package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.TellsCredentials.Credential;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * One account, ready for use: its settings, its calls to WeChat and its reader of notifications.
 */
record WechatAccount(
        WechatProperties.Account settings,
        WechatClient client,
        NotificationReader notifications,
        WalletCall walletCall,
        WechatStatements statements,
        @Nullable WechatOauth oauth,
        @Nullable WechatRates rates,
        @Nullable PlatformCertificates certificates) {

    /** A notification must be answered within 5 s, even one that brings an unknown serial. */
    private static final Duration DOWNLOAD_PATIENCE = Duration.ofSeconds(3);

    private static final Duration STATEMENT_PATIENCE = Duration.ofMinutes(10);

    /** Nobody waits for statements and rates. */
    private static final int BACKGROUND_CALLS = 2;

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
        // A charge uses the payer's code up: it is never sent a second time behind our back.
        var once =
                new DefaultHttpClientBuilder()
                        .okHttpClient(okHttp.newBuilder().retryOnConnectionFailure(false).build())
                        .config(config)
                        .build();
        // What is not needed to take a payment has guards of its own: its trouble must neither
        // use up the calls of payments nor make the account look down.
        var background = new CallGuard(settings.id() + "-background", BACKGROUND_CALLS, health);
        var appSecret = credentials.appSecret();
        var v2Key = credentials.v2Key();
        return new WechatAccount(
                settings,
                new WechatClient(
                        settings,
                        http,
                        once,
                        keys,
                        guard(properties, settings.id(), health),
                        guard(properties, CallGuard.ofCharges(settings.id()), health),
                        guard(properties, settings.id() + "-refunds", health),
                        background),
                new NotificationReader(settings, keys, config.createAeadCipher(), clock),
                new WalletCall(settings.spAppid(), signer, clock),
                new WechatStatements(
                        settings,
                        new WechatPay2Credential(settings.spMchid(), signer),
                        keys,
                        streaming(okHttp),
                        background,
                        clock),
                appSecret == null
                        ? null
                        : new WechatOauth(
                                settings,
                                appSecret,
                                okHttp,
                                guard(properties, settings.id() + "-oauth", health)),
                v2Key == null
                        ? null
                        : new WechatRates(
                                settings,
                                new V2Signature(v2Key, settings.v2Signature()),
                                okHttp,
                                background,
                                clock),
                certificates);
    }

    /** By what we and WeChat are known to each other. */
    List<Credential> credentials() {
        var found = new ArrayList<Credential>();
        found.add(new Credential("merchant_certificate", settings.merchantSerial(), null));
        if (settings.publicKeyId() != null) {
            found.add(new Credential("platform_key", settings.publicKeyId(), null));
        }
        if (certificates != null) {
            certificates.known().stream()
                    .map(certificate ->
                            new Credential(
                                    "platform_certificate",
                                    certificate
                                            .getSerialNumber()
                                            .toString(16)
                                            .toUpperCase(Locale.ROOT),
                                    certificate.getNotAfter().toInstant()))
                    .sorted(Comparator.comparing(Credential::identifier))
                    .forEach(found::add);
        }
        return found;
    }

    ChannelAccount asChannelAccount() {
        return new ChannelAccount(settings.id(), ChannelCode.WECHAT, settings.mode());
    }

    private static CallGuard guard(WechatProperties properties, String name, ChannelHealth health) {
        return new CallGuard(name, properties.maxConcurrentCalls(), health);
    }

    /** Without the interceptor that reads every answer whole. */
    private static OkHttpClient streaming(OkHttpClient okHttp) {
        var builder = okHttp.newBuilder().callTimeout(STATEMENT_PATIENCE);
        builder.interceptors().clear();
        return builder.build();
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
