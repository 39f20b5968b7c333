package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults.Flaw;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.PlatformSigner;
import io.ferrypay.sandbox.wechat.wire.ResourceCipher;
import io.ferrypay.sandbox.wechat.wire.SignatureHeaders;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes the notification of a result. The id and the facts are the same every time; nonce,
 * ciphertext, timestamp and signature are fresh for every copy.
 */
@Component
class NoticeWriter {

    private static final Duration STALE_BY = Duration.ofMinutes(10);
    private static final String UNKNOWN_SERIAL = "7FEDCBA9876543210FEDCBA9876543210FEDCBA9";
    private static final String UNKNOWN_PUBLIC_KEY =
            "PUB_KEY_ID_0119000000002026000000000000000001";

    private final WechatProperties properties;
    private final ResourceCipher cipher;
    private final PlatformSigner signer;
    private final SandboxClock clock;

    NoticeWriter(
            WechatProperties properties,
            ResourceCipher cipher,
            PlatformSigner signer,
            SandboxClock clock) {
        this.properties = properties;
        this.cipher = cipher;
        this.signer = signer;
        this.clock = clock;
    }

    Notice write(News news, List<Flaw> flaws) {
        var facts =
                WireJson.MAPPER.writeValueAsBytes(
                        news.facts(flaws, properties.sendTransactionId()));
        var sealed = cipher.seal(facts, news.originalType());
        var body =
                WireJson.MAPPER.writeValueAsBytes(
                        new Envelope(
                                news.id(),
                                Transaction.beijing(news.at()),
                                "encrypt-resource",
                                news.eventType(),
                                news.summary(),
                                new Resource(
                                        news.originalType(),
                                        sealed.algorithm(),
                                        sealed.ciphertext(),
                                        sealed.associatedData(),
                                        sealed.nonce())));
        return new Notice(
                news.id(), new String(body, StandardCharsets.UTF_8), headers(body, flaws), flaws);
    }

    private SignatureHeaders headers(byte[] body, List<Flaw> flaws) {
        SignatureHeaders sound;
        if (flaws.contains(Flaw.BAD_SIGNATURE)) {
            sound = signer.forge();
        } else if (flaws.contains(Flaw.STALE)) {
            sound = signer.sign(body, clock.wireTime().minus(STALE_BY));
        } else {
            sound = signer.sign(body);
        }
        var signature =
                flaws.contains(Flaw.SIGNTEST)
                        ? "WECHATPAY/SIGNTEST/" + sound.signature()
                        : sound.signature();
        var serial = sound.serial();
        if (flaws.contains(Flaw.UNKNOWN_SERIAL)) {
            serial = UNKNOWN_SERIAL;
        } else if (flaws.contains(Flaw.PUBLIC_KEY_SERIAL)) {
            serial = UNKNOWN_PUBLIC_KEY;
        }
        return new SignatureHeaders(sound.timestamp(), sound.nonce(), signature, serial);
    }

    private record Envelope(
            String id,
            String createTime,
            String resourceType,
            String eventType,
            String summary,
            Resource resource) {}

    private record Resource(
            String originalType,
            String algorithm,
            String ciphertext,
            String associatedData,
            String nonce) {}
}
