package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.AlipayTrade.field;

import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what Alipay posted to one account, or gave a returning browser along, into something we
 * believe, or into the reason why not. Nothing is looked at before the signature has been verified
 * over all that came.
 */
final class NotificationReader {

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_NUMBER = 64;

    private final AlipayProperties.Account account;
    private final AlipaySigner signer;
    private final AlipayClient client;
    private final Clock clock;

    NotificationReader(
            AlipayProperties.Account account,
            AlipaySigner signer,
            AlipayClient client,
            Clock clock) {
        this.account = account;
        this.signer = signer;
        this.client = client;
        this.clock = clock;
    }

    /**
     * @param subMerchantId the merchant the notification's address names; null for refunds
     * @param fields what came; null when it was no form
     */
    Reading read(@Nullable String subMerchantId, @Nullable Map<String, String> fields) {
        if (fields == null) {
            return NotificationRefusal.UNREADABLE.unproven();
        }
        var refusal = proof(fields);
        if (refusal != null) {
            return refusal.unproven();
        }
        var id = field(fields, "notify_id");
        var order = orderNumber(fields);
        if (fields.containsKey("service")) {
            return NotificationRefusal.REFLECTED.proven(null, order);
        }
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return NotificationRefusal.UNREADABLE.proven(null, order);
        }
        if (account.verifyNotifications()) {
            var genuine = client.sentNotification(id);
            if (genuine == null) {
                return NotificationRefusal.NOT_CONFIRMED.proven(id, order);
            }
            if (!genuine) {
                return NotificationRefusal.NOT_SENT_BY_ALIPAY.proven(id, order);
            }
        }
        // What notify_type says of a refund is not confirmed, so the fields have to tell.
        return fields.containsKey("refund_status") || fields.containsKey("out_return_no")
                ? refund(id, order, fields)
                : trade(id, order, subMerchantId, fields);
    }

    /** The order a browser comes back from, if Alipay signed for it; never a proof of payment. */
    Optional<String> returnedFrom(Map<String, String> fields) {
        return proof(fields) == null
                        && !fields.containsKey("service")
                        && field(fields, "is_success").equals("T")
                        && !field(fields, "trade_no").isEmpty()
                ? Optional.ofNullable(orderNumber(fields))
                : Optional.empty();
    }

    private @Nullable NotificationRefusal proof(Map<String, String> fields) {
        var sign = field(fields, "sign");
        if (sign.isEmpty()) {
            return NotificationRefusal.MISSING_SIGNATURE;
        }
        if (!field(fields, "sign_type").equals(signer.type().name())) {
            return NotificationRefusal.UNKNOWN_SIGNATURE_TYPE;
        }
        return signer.verify(fields, sign) ? null : NotificationRefusal.BAD_SIGNATURE;
    }

    private Reading trade(
            String id,
            @Nullable String order,
            @Nullable String subMerchantId,
            Map<String, String> fields) {
        var tradeNo = field(fields, "trade_no");
        if (order == null || tradeNo.isEmpty() || tradeNo.length() > LONGEST_NUMBER) {
            return NotificationRefusal.UNREADABLE.proven(id, order);
        }
        if (!field(fields, "notify_type").equals("trade_status_sync")) {
            return NotificationRefusal.UNEXPECTED_EVENT.proven(id, order);
        }
        var seller = field(fields, "seller_id");
        if (!seller.isEmpty() && !seller.equals(account.partner())) {
            return NotificationRefusal.WRONG_PARTNER.proven(id, order);
        }
        if (subMerchantId == null) {
            return NotificationRefusal.MERCHANT_NOT_NAMED.proven(id, order);
        }
        var inStore =
                fields.containsKey("trans_currency") || fields.containsKey("notify_action_type");
        var evidence = new LinkedHashMap<String, Object>();
        evidence.put("notification", AlipayTrade.impersonal(fields));
        ChannelOutcome outcome;
        if (inStore) {
            // Which of the two fees is yuan differs by product, so the query says what was paid.
            var found = InStoreQuery.ask(client, order, AlipayClient.Hurry.YES, clock.instant());
            if (found.told() == null || found.outcome() instanceof ChannelOutcome.Unknown) {
                return NotificationRefusal.NOT_CONFIRMED.proven(id, order);
            }
            evidence.put("query", AlipayTrade.impersonal(found.told().fields()));
            outcome = found.outcome();
            if (claimsPaid(fields) && outcome instanceof ChannelOutcome.Pending) {
                return NotificationRefusal.NOT_CONFIRMED.proven(id, order);
            }
            if (outcome instanceof ChannelOutcome.Succeeded paid
                    && !paid.channelReference().equals(tradeNo)) {
                return NotificationRefusal.MISMATCH.proven(id, order);
            }
        } else {
            outcome = AlipayTrade.ofNotification(fields, clock.instant());
            if (signer.type() != SignType.MD5) {
                // Alipay signs for all its partners with one key, and says nowhere in here for
                // which of them, so that a stranger's own order could pass for ours. Only what
                // Alipay tells us of our order counts.
                var found =
                        OnlineQuery.ask(
                                client, account, order, AlipayClient.Hurry.YES, clock.instant());
                if (!confirms(found.outcome(), outcome)) {
                    return NotificationRefusal.NOT_CONFIRMED.proven(id, order);
                }
                if (found.told() != null) {
                    evidence.put("query", AlipayTrade.impersonal(found.told().fields()));
                }
            }
        }
        if (outcome instanceof ChannelOutcome.Unknown
                || outcome instanceof ChannelOutcome.NeverSeen) {
            return NotificationRefusal.UNEXPECTED_STATE.proven(id, order);
        }
        return new Reading.OfPayment(
                id,
                new ChannelReport(
                        account.id(),
                        order,
                        subMerchantId,
                        outcome,
                        ChannelReport.Source.NOTIFICATION,
                        id,
                        JsonMapper.shared().writeValueAsString(evidence)));
    }

    private Reading refund(String id, @Nullable String order, Map<String, String> fields) {
        var number = field(fields, "out_return_no");
        if (number.isEmpty() || number.length() > LONGEST_NUMBER) {
            return NotificationRefusal.UNREADABLE.proven(id, order);
        }
        var code = AlipayClient.printable(field(fields, "error_code"));
        RefundAnswer outcome;
        switch (field(fields, "refund_status")) {
            case "REFUND_SUCCESS" ->
                    outcome =
                            new RefundAnswer.Succeeded(
                                    null,
                                    null,
                                    AlipayTrade.time(
                                            field(fields, "notify_time"), clock.instant()));
            case "REFUND_FAIL" ->
                    outcome = new RefundAnswer.Failed(code.isEmpty() ? "REFUND_FAIL" : code);
            default -> {
                return NotificationRefusal.UNEXPECTED_STATE.proven(id, order);
            }
        }
        var amount = field(fields, "return_amount");
        var refunded = AlipayTrade.charged(amount, field(fields, "currency"));
        if (!amount.isEmpty() && refunded == null) {
            return NotificationRefusal.UNREADABLE.proven(id, order);
        }
        return new Reading.OfRefund(
                id,
                new RefundReport(
                        account.id(),
                        number,
                        order,
                        refunded,
                        outcome,
                        id,
                        AlipayTrade.evidence(fields)));
    }

    private static boolean confirms(ChannelOutcome queried, ChannelOutcome told) {
        return told instanceof ChannelOutcome.Succeeded paid
                ? queried instanceof ChannelOutcome.Succeeded known
                        && known.channelReference().equals(paid.channelReference())
                : queried.getClass() == told.getClass();
    }

    private static boolean claimsPaid(Map<String, String> fields) {
        var status = field(fields, "trade_status");
        return status.equals("TRADE_SUCCESS") || status.equals("TRADE_FINISHED");
    }

    private static @Nullable String orderNumber(Map<String, String> fields) {
        var number = field(fields, "out_trade_no");
        return number.isEmpty() || number.length() > LONGEST_NUMBER ? null : number;
    }
}
