package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.cipher.AeadCipher;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Turns the bytes WeChat posted to one account into a report, or into the reason why not. Nothing
 * in a body is looked at before its signature has been verified over the bytes as they came.
 */
final class NotificationReader {

    /** WeChat signs every delivery anew, so an older signature is a replay or a broken clock. */
    static final Duration FRESH_FOR = Duration.ofMinutes(5);

    private static final String PAID = "TRANSACTION.SUCCESS";

    /** What WeChat tells about refunds, with the state each of them must then have. */
    private static final Map<String, String> REFUND_EVENTS =
            Map.of(
                    "REFUND.SUCCESS", "SUCCESS",
                    "REFUND.CLOSED", "CLOSED",
                    "REFUND.ABNORMAL", "ABNORMAL");

    private static final int MAX_ID_CHARACTERS = 128;

    private final WechatProperties.Account account;
    private final PlatformKeys keys;
    private final AeadCipher cipher;
    private final Clock clock;

    NotificationReader(
            WechatProperties.Account account, PlatformKeys keys, AeadCipher cipher, Clock clock) {
        this.account = account;
        this.keys = keys;
        this.cipher = cipher;
        this.clock = clock;
    }

    Reading read(NotificationHeaders headers, byte[] body) {
        var serial = headers.serial();
        var nonce = headers.nonce();
        var timestamp = headers.timestamp();
        var signature = headers.signature();
        if (serial == null || nonce == null || timestamp == null || signature == null) {
            return NotificationRefusal.MISSING_HEADER.unproven();
        }
        var type = headers.signatureType();
        if (type != null && !type.equals(WechatConfig.SIGNATURE_TYPE)) {
            return NotificationRefusal.UNKNOWN_SIGNATURE_TYPE.unproven();
        }
        if (!isFresh(timestamp)) {
            return NotificationRefusal.STALE.unproven();
        }
        return switch (keys.check(serial, timestamp, nonce, body, signature)) {
            case UNKNOWN_SERIAL -> NotificationRefusal.UNKNOWN_SERIAL.unproven();
            case BAD_SIGNATURE -> NotificationRefusal.BAD_SIGNATURE.unproven();
            case VALID -> readVerified(body);
        };
    }

    private boolean isFresh(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        var sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sentAt, clock.instant()).abs().compareTo(FRESH_FOR) <= 0;
    }

    private Reading readVerified(byte[] body) {
        Envelope envelope;
        try {
            envelope = WechatJson.MAPPER.readValue(body, Envelope.class);
        } catch (JacksonException e) {
            return NotificationRefusal.UNREADABLE.proven(null, null);
        }
        if (envelope == null || envelope.id() == null || envelope.resource() == null) {
            return NotificationRefusal.UNREADABLE.proven(null, null);
        }
        var id = envelope.id();
        if (id.isBlank() || id.length() > MAX_ID_CHARACTERS) {
            return NotificationRefusal.UNREADABLE.proven(null, null);
        }
        var resource = envelope.resource();
        var refundState =
                envelope.eventType() == null ? null : REFUND_EVENTS.get(envelope.eventType());
        var type =
                PAID.equals(envelope.eventType())
                        ? "transaction"
                        : refundState == null ? null : "refund";
        if (type == null || !type.equals(resource.originalType())) {
            return NotificationRefusal.UNEXPECTED_EVENT.proven(id, null);
        }
        if (!WechatConfig.CIPHER.equals(resource.algorithm())) {
            return NotificationRefusal.UNKNOWN_ALGORITHM.proven(id, null);
        }
        var plaintext = decrypt(resource);
        if (plaintext == null) {
            return NotificationRefusal.UNDECRYPTABLE.proven(id, null);
        }
        try {
            return refundState == null
                    ? judge(id, WechatJson.MAPPER.readValue(plaintext, WechatTransaction.class))
                    : judge(
                            id,
                            refundState,
                            WechatJson.MAPPER.readValue(plaintext, WechatRefund.class));
        } catch (JacksonException e) {
            return NotificationRefusal.UNREADABLE.proven(id, null);
        }
    }

    private Reading judge(String id, @Nullable WechatTransaction transaction) {
        if (transaction == null) {
            return NotificationRefusal.UNREADABLE.proven(id, null);
        }
        var order = transaction.outTradeNo();
        var subMchid = transaction.subMchid();
        if (order == null || subMchid == null) {
            return NotificationRefusal.UNREADABLE.proven(id, order);
        }
        if (!account.spMchid().equals(transaction.spMchid())) {
            return NotificationRefusal.WRONG_INSTITUTION.proven(id, order);
        }
        if (!account.spAppid().equals(transaction.spAppid())) {
            return NotificationRefusal.WRONG_APP.proven(id, order);
        }
        var outcome = transaction.outcome(clock.instant());
        if (!(outcome instanceof ChannelOutcome.Succeeded)) {
            return NotificationRefusal.UNEXPECTED_STATE.proven(id, order);
        }
        return new Reading.OfPayment(
                id,
                new ChannelReport(
                        account.id(),
                        order,
                        subMchid,
                        outcome,
                        ChannelReport.Source.NOTIFICATION,
                        id,
                        WechatJson.MAPPER.writeValueAsString(transaction)));
    }

    private Reading judge(String id, String state, @Nullable WechatRefund refund) {
        if (refund == null || refund.outRefundNo() == null) {
            return NotificationRefusal.UNREADABLE.proven(id, null);
        }
        var number = refund.outRefundNo();
        if (!account.spMchid().equals(refund.spMchid())) {
            return NotificationRefusal.WRONG_INSTITUTION.proven(id, number);
        }
        if (!state.equals(refund.state()) || refund.refunded() == null) {
            return NotificationRefusal.UNEXPECTED_STATE.proven(id, number);
        }
        return new Reading.OfRefund(
                id,
                new RefundReport(
                        account.id(),
                        number,
                        refund.outTradeNo(),
                        refund.refunded(),
                        refund.answer(clock.instant()),
                        id,
                        WechatJson.MAPPER.writeValueAsString(refund)));
    }

    private @Nullable String decrypt(Resource resource) {
        if (resource.nonce() == null || resource.ciphertext() == null) {
            return null;
        }
        var associatedData = resource.associatedData() == null ? "" : resource.associatedData();
        try {
            return cipher.decrypt(
                    associatedData.getBytes(StandardCharsets.UTF_8),
                    resource.nonce().getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(resource.ciphertext()));
        } catch (RuntimeException e) {
            return null; // Not Base64, a nonce of the wrong length, or another key.
        }
    }

    private record Envelope(
            @Nullable String id, @Nullable String eventType, @Nullable Resource resource) {}

    private record Resource(
            @Nullable String originalType,
            @Nullable String algorithm,
            @Nullable String ciphertext,
            @Nullable String associatedData,
            @Nullable String nonce) {}
}
