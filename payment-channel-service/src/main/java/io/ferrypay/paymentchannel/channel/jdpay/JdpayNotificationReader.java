package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.jdpay.JdpayMessages.Opened;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import io.ferrypay.xml.Xml;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** Turns the bytes JD posted to one account into a report, or into the reason why not. */
final class JdpayNotificationReader {

    private static final String NUMBER = "[0-9A-Za-z_-]{1,64}";

    private JdpayNotificationReader() {}

    static Reading read(JdpayAccount account, byte[] body, Instant now) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            return JdpayRefusal.UNREADABLE.unproven();
        }
        return switch (account.messages().open(text)) {
            case Opened.Failure(_, var signed) ->
                    signed
                            ? JdpayRefusal.UNEXPECTED.proven(null, null)
                            : JdpayRefusal.FAILURE_ENVELOPE.unproven();
            case Opened.Doubtful(var why) ->
                    switch (why) {
                        case UNREADABLE -> JdpayRefusal.UNREADABLE.unproven();
                        case WRONG_MERCHANT -> JdpayRefusal.WRONG_MERCHANT.unproven();
                        case UNDECRYPTABLE -> JdpayRefusal.UNDECRYPTABLE.unproven();
                        case BAD_SIGNATURE -> JdpayRefusal.BAD_SIGNATURE.unproven();
                    };
            case Opened.Genuine(var root, var signedText) -> {
                var id = id(signedText);
                yield account.settings().merchant().equals(Xml.text(root, "merchant"))
                        ? judge(account, id, JdpayTrade.of(root), now)
                        : JdpayRefusal.WRONG_MERCHANT.proven(id, null);
            }
        };
    }

    private static Reading judge(JdpayAccount account, String id, JdpayTrade trade, Instant now) {
        var number = trade.tradeNum();
        if (number == null || !number.matches(NUMBER)) {
            return JdpayRefusal.UNEXPECTED.proven(id, null);
        }
        return switch (trade.tradeType()) {
            case JdpayTrade.PAYMENT -> payment(account, id, number, trade, now);
            case JdpayTrade.REFUND -> refund(account, id, number, trade, now);
            case null, default -> JdpayRefusal.UNEXPECTED.proven(id, number);
        };
    }

    private static Reading payment(
            JdpayAccount account, String id, String number, JdpayTrade trade, Instant now) {
        var outcome = trade.outcome(now);
        if (!(outcome instanceof ChannelOutcome.Succeeded)
                && !(outcome instanceof ChannelOutcome.Declined)) {
            return JdpayRefusal.UNEXPECTED.proven(id, number);
        }
        var shop = trade.note();
        if (shop == null || shop.isBlank()) {
            return JdpayRefusal.NO_SHOP.proven(id, number);
        }
        return new Reading.OfPayment(
                id,
                new ChannelReport(
                        account.settings().id(),
                        number,
                        shop,
                        outcome,
                        ChannelReport.Source.NOTIFICATION,
                        id,
                        JdpayEvidence.of(trade)));
    }

    private static Reading refund(
            JdpayAccount account, String id, String number, JdpayTrade trade, Instant now) {
        var outcome = trade.refundAnswer(now);
        var charged = trade.charged();
        if (outcome instanceof RefundAnswer.Unknown || charged == null) {
            return JdpayRefusal.UNEXPECTED.proven(id, number);
        }
        return new Reading.OfRefund(
                id,
                new RefundReport(
                        account.settings().id(),
                        number,
                        trade.originalTradeNum(),
                        charged,
                        outcome,
                        id,
                        JdpayEvidence.of(trade)));
    }

    /** JD numbers no notifications; one that is sent again says the same. */
    private static String id(String signedText) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(signedText.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
