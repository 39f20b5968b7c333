package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults.Flaw;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.Payment;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.PlatformSigner;
import io.ferrypay.sandbox.wechat.wire.ResourceCipher;
import io.ferrypay.sandbox.wechat.wire.SignatureHeaders;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes the notification of a payment. The id and the facts are the same every time; nonce,
 * ciphertext, timestamp and signature are fresh for every copy.
 */
@Component
class NoticeWriter {

    private static final DateTimeFormatter BEIJING_SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final Duration STALE_BY = Duration.ofMinutes(10);
    private static final String OTHER_SHOP = "1900009999";
    private static final String UNKNOWN_SERIAL = "7FEDCBA9876543210FEDCBA9876543210FEDCBA9";
    private static final String UNKNOWN_PUBLIC_KEY =
            "PUB_KEY_ID_0119000000002026000000000000000001";
    private static final int ORDER_DIGITS = 10;

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

    static String id(Payment payment) {
        var number = payment.id();
        return "EV-"
                + BEIJING_SECOND.format(payment.at())
                + number.substring(number.length() - ORDER_DIGITS);
    }

    Notice write(Order order, Payment payment, List<Flaw> flaws) {
        var id = id(payment);
        var facts = WireJson.MAPPER.writeValueAsBytes(facts(order, flaws));
        var sealed = cipher.seal(facts, "transaction");
        var body =
                WireJson.MAPPER.writeValueAsBytes(
                        new Envelope(
                                id,
                                Transaction.beijing(payment.at()),
                                "encrypt-resource",
                                "TRANSACTION.SUCCESS",
                                "支付成功",
                                new Resource(
                                        "transaction",
                                        sealed.algorithm(),
                                        sealed.ciphertext(),
                                        sealed.associatedData(),
                                        sealed.nonce())));
        return new Notice(
                id, new String(body, StandardCharsets.UTF_8), headers(body, flaws), flaws);
    }

    private Transaction facts(Order order, List<Flaw> flaws) {
        var truth = Transaction.of(order, properties.sendTransactionId());
        if (!flaws.contains(Flaw.TAMPERED_AMOUNT) && !flaws.contains(Flaw.WRONG_SUB_MCHID)) {
            return truth;
        }
        return truth.butWith(
                truth.amount().total() + (flaws.contains(Flaw.TAMPERED_AMOUNT) ? 1 : 0),
                flaws.contains(Flaw.WRONG_SUB_MCHID) ? OTHER_SHOP : truth.subMchid());
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
