package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.channel.jdpay.JdpayClient.Operation;
import io.ferrypay.xml.Xml;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** JD Pay: its cashier pages for computers and phones, and its QR orders; yuan only. */
final class JdpayChannel
        implements OffersPayments,
                QueriesPayments,
                ClosesPayments,
                RefundsPayments,
                ProvidesStatements {

    private static final Logger log = LoggerFactory.getLogger(JdpayChannel.class);

    /** Not an order number, not a refund number, and the same for every try to close an order. */
    private static final String REVOCATION = "C";

    private static final int MAX_QR_CHARACTERS = 1024;

    private final JdpayAccounts accounts;
    private final Clock clock;

    JdpayChannel(JdpayAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public ChannelCode code() {
        return ChannelCode.JDPAY;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return accounts.all().stream().map(JdpayAccount::asChannelAccount).toList();
    }

    @Override
    public boolean takesMerchantCurrency() {
        return false;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        return EnumSet.of(Flow.QR, Flow.DESKTOP, Flow.MOBILE, Flow.IN_WALLET);
    }

    @Override
    public OfferAnswer offer(ChannelOrder order) {
        var account = accounts.require(order.key().accountId());
        var amount = order.key().amount();
        if (!amount.currency().code().equals(JdpayTrade.YUAN)) {
            return new OfferAnswer.Refused("CURRENCY");
        }
        if (amount.minorUnits() <= 0) {
            return new OfferAnswer.Refused("AMOUNT");
        }
        if (!order.key().subMerchantId().matches("[A-Za-z0-9_-]{1,64}")) {
            return new OfferAnswer.Refused("SUB_MERCHANT");
        }
        if (!clock.instant().isBefore(order.expiresAt())) {
            return new OfferAnswer.Refused("EXPIRED");
        }
        return switch (order.key().flow()) {
            case DESKTOP -> form(account, account.settings().desktopCashier(), order);
            case MOBILE, IN_WALLET -> form(account, account.settings().mobileCashier(), order);
            case QR -> qr(account, order);
            case BANK, PAY_CODE -> new OfferAnswer.Refused("FLOW");
        };
    }

    private static OfferAnswer form(JdpayAccount account, String action, ChannelOrder order) {
        var fields = account.messages().form(JdpayOrderFields.ofForm(account.settings(), order));
        return new OfferAnswer.Ready(
                new Offer.SubmitForm(action, "UTF-8", fields), order.expiresAt());
    }

    private static OfferAnswer qr(JdpayAccount account, ChannelOrder order) {
        var answer =
                account.client()
                        .call(
                                Operation.UNIORDER,
                                JdpayOrderFields.ofQr(account.settings(), order),
                                root -> qrCode(root, order.key()));
        return switch (answer) {
            case JdpayAnswer.Done<String>(var code) ->
                    new OfferAnswer.Ready(new Offer.ShowQr(code), order.expiresAt());
            case JdpayAnswer.Failed<String>(var code) -> new OfferAnswer.Unknown(code);
            case JdpayAnswer.NotNow<String>(var why) -> new OfferAnswer.Unknown(why);
            case JdpayAnswer.Unknown<String>(var why) -> new OfferAnswer.Unknown(why);
        };
    }

    private static @Nullable String qrCode(Element answer, OrderKey order) {
        var code = Xml.text(answer, "qrCode");
        var amount = Xml.text(answer, "amount");
        var fits =
                order.orderNumber().equals(Xml.text(answer, "tradeNum"))
                        && (amount == null
                                || amount.equals(Long.toString(order.amount().minorUnits())));
        return fits
                        && code != null
                        && code.length() <= MAX_QR_CHARACTERS
                        && code.matches("https?://[!-~]+")
                ? code
                : null;
    }

    @Override
    public ChannelReport query(OrderKey order) {
        var account = accounts.require(order.accountId());
        return switch (ask(account, order)) {
            case JdpayAnswer.Done<JdpayTrade>(var trade) ->
                    report(
                            order,
                            trade.note() == null || trade.note().isEmpty()
                                    ? order.subMerchantId()
                                    : trade.note(),
                            trade.outcome(clock.instant()),
                            JdpayEvidence.of(trade));
            case JdpayAnswer.Failed<JdpayTrade>(var code) ->
                    report(order, notKnown(account, order, code));
            case JdpayAnswer.NotNow<JdpayTrade>(var why) ->
                    report(order, new ChannelOutcome.Unknown(why));
            case JdpayAnswer.Unknown<JdpayTrade>(var why) ->
                    report(order, new ChannelOutcome.Unknown(why));
        };
    }

    /** What an unsigned failure to find an order means depends on who was to place it. */
    private static ChannelOutcome notKnown(JdpayAccount account, OrderKey order, String code) {
        if (!account.meansNotFound(code)) {
            return new ChannelOutcome.Unknown(code, true);
        }
        return order.flow() == Flow.QR
                ? new ChannelOutcome.NeverSeen()
                : new ChannelOutcome.Pending(false);
    }

    private static JdpayAnswer<JdpayTrade> ask(JdpayAccount account, OrderKey order) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", order.orderNumber());
        fields.put("tradeType", JdpayTrade.PAYMENT);
        return account.client()
                .call(
                        Operation.QUERY,
                        fields,
                        root -> {
                            var trade = JdpayTrade.of(root);
                            return order.orderNumber().equals(trade.tradeNum())
                                            && !JdpayTrade.REFUND.equals(trade.tradeType())
                                    ? trade
                                    : null;
                        });
    }

    /**
     * JD revokes paid orders too, and then the money goes back. So it is asked only when JD has
     * just signed that the order is unpaid, and asked again afterwards.
     */
    @Override
    public CloseAnswer close(OrderKey order) {
        var account = accounts.require(order.accountId());
        return switch (ask(account, order)) {
            case JdpayAnswer.Done<JdpayTrade>(var trade) ->
                    switch (trade.outcome(clock.instant())) {
                        case ChannelOutcome.Succeeded _ -> new CloseAnswer.AlreadyPaid();
                        case ChannelOutcome.Closed _ -> new CloseAnswer.Closed();
                        // A payer who is confirming would pay an order that is being revoked.
                        case ChannelOutcome.Pending(var confirming) ->
                                confirming
                                        ? new CloseAnswer.Refused("the payer is confirming")
                                        : revoke(account, order);
                        case ChannelOutcome.Declined _ -> revoke(account, order);
                        case ChannelOutcome.NeverSeen _ ->
                                new CloseAnswer.Unknown("a state without a meaning");
                        case ChannelOutcome.Unknown(var why, _) -> new CloseAnswer.Unknown(why);
                    };
            case JdpayAnswer.Failed<JdpayTrade>(var code) ->
                    account.meansNotFound(code)
                            ? new CloseAnswer.NotPossible()
                            : new CloseAnswer.Unknown(code);
            case JdpayAnswer.NotNow<JdpayTrade>(var why) -> new CloseAnswer.Unknown(why);
            case JdpayAnswer.Unknown<JdpayTrade>(var why) -> new CloseAnswer.Unknown(why);
        };
    }

    private CloseAnswer revoke(JdpayAccount account, OrderKey order) {
        var number = order.orderNumber() + REVOCATION;
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", number);
        fields.put("oTradeNum", order.orderNumber());
        fields.put("amount", Long.toString(order.amount().minorUnits()));
        fields.put("currency", JdpayTrade.YUAN);
        fields.put("tradeTime", JdpayOrderFields.time(order.createdAt()));
        fields.put("note", order.subMerchantId());
        var revoked =
                account.client()
                        .call(
                                Operation.REVOKE,
                                fields,
                                root -> isRevocation(root, number, order) ? true : null);
        var after =
                ask(account, order) instanceof JdpayAnswer.Done<JdpayTrade>(var trade)
                        ? trade.outcome(clock.instant())
                        : new ChannelOutcome.Unknown("no answer after the revocation");
        return switch (after) {
            case ChannelOutcome.Closed _ -> new CloseAnswer.Closed();
            case ChannelOutcome.Succeeded _ -> {
                if (!(revoked instanceof JdpayAnswer.Done)) {
                    yield new CloseAnswer.AlreadyPaid();
                }
                // Paid between our question and our request: JD has sent the money back, and still
                // says "paid" of the order.
                log.warn(
                        "JD Pay order {} on account {} was paid while it was revoked: its money is"
                                + " on its way back",
                        order.orderNumber(),
                        order.accountId());
                Metrics.counter("ferry.channel.revoked_after_payment", "channel", "jdpay")
                        .increment();
                yield new CloseAnswer.GivenBack(report(order, after), number);
            }
            case ChannelOutcome.Pending _, ChannelOutcome.Declined _ ->
                    switch (revoked) {
                        case JdpayAnswer.Failed<Boolean>(var code) -> new CloseAnswer.Refused(code);
                        case JdpayAnswer.Done<Boolean> _ ->
                                new CloseAnswer.Unknown("revoked, and not closed yet");
                        case JdpayAnswer.NotNow<Boolean>(var why) -> new CloseAnswer.Unknown(why);
                        case JdpayAnswer.Unknown<Boolean>(var why) -> new CloseAnswer.Unknown(why);
                    };
            case ChannelOutcome.NeverSeen _ -> new CloseAnswer.Unknown("a state without a meaning");
            case ChannelOutcome.Unknown(var why, _) -> new CloseAnswer.Unknown(why);
        };
    }

    private static boolean isRevocation(Element root, String number, OrderKey order) {
        var trade = JdpayTrade.of(root);
        return number.equals(trade.tradeNum())
                && order.orderNumber().equals(trade.originalTradeNum())
                && "1".equals(trade.status());
    }

    @Override
    public RefundRules refundRules(Flow flow) {
        // The rules are per account; the flow changes nothing. The newest account stands for all.
        var settings = accounts.all().isEmpty() ? null : accounts.all().getLast().settings();
        return new RefundRules(
                settings == null ? Duration.ofDays(365) : settings.refundWindow(),
                settings == null ? 1 : settings.refundsPerOrder(),
                Duration.ZERO,
                Duration.ZERO,
                true,
                null);
    }

    @Override
    public RefundAnswer refund(RefundOrder order) {
        if (!order.amount().currency().code().equals(JdpayTrade.YUAN)) {
            return new RefundAnswer.Failed("CURRENCY");
        }
        var account = accounts.require(order.payment().accountId());
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", order.refundNumber());
        fields.put("oTradeNum", order.payment().orderNumber());
        fields.put("amount", Long.toString(order.amount().minorUnits()));
        fields.put("currency", JdpayTrade.YUAN);
        fields.put("tradeTime", JdpayOrderFields.time(order.requestedAt()));
        fields.put("notifyUrl", account.settings().notifyUrl());
        fields.put("note", JdpayOrderFields.name(order.reason(), order.refundNumber()));
        return meaning(
                account.client().call(Operation.REFUND, fields, root -> refundIn(root, order)));
    }

    @Override
    public RefundAnswer queryRefund(RefundOrder order) {
        var account = accounts.require(order.payment().accountId());
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", order.refundNumber());
        fields.put("oTradeNum", order.payment().orderNumber());
        fields.put("tradeType", JdpayTrade.REFUND);
        var answer = account.client().call(Operation.QUERY, fields, root -> refundIn(root, order));
        return answer instanceof JdpayAnswer.Failed ? listed(account, order) : meaning(answer);
    }

    /** Nobody signs for "no such refund"; for the list of an order's refunds JD does. */
    private RefundAnswer listed(JdpayAccount account, RefundOrder order) {
        var fields = new LinkedHashMap<>(Map.of("oTradeNum", order.payment().orderNumber()));
        fields.put("tradeType", JdpayTrade.REFUND);
        var answer =
                account.client()
                        .call(Operation.QUERY_REFUND, fields, root -> refundListed(root, order));
        return answer instanceof JdpayAnswer.Done<RefundAnswer>(var refund)
                ? refund
                : meaning(answer);
    }

    private @Nullable RefundAnswer refundListed(Element root, RefundOrder order) {
        var list = Xml.child(root, "refList").orElse(null);
        var ofOrder = Xml.text(root, "oTradeNum");
        if (ofOrder != null && !ofOrder.equals(order.payment().orderNumber())) {
            return null;
        }
        if (list == null) {
            // Of nothing at all we do not know whose nothing it is, unless the answer says so.
            return ofOrder != null && Xml.children(root, "refList").isEmpty()
                    ? new RefundAnswer.NotFound()
                    : null;
        }
        Element ours = null;
        for (var refund : Xml.children(list, "refund")) {
            if (!order.payment().orderNumber().equals(Xml.text(refund, "oTradeNum"))) {
                return null;
            }
            if (order.refundNumber().equals(Xml.text(refund, "tradeNum"))) {
                ours = refund;
            }
        }
        if (ours != null) {
            var refund = refundIn(ours, order);
            return refund == null ? null : refund.refundAnswer(clock.instant());
        }
        return ofOrder == null && Xml.children(list, "refund").isEmpty()
                ? null
                : new RefundAnswer.NotFound();
    }

    private static @Nullable JdpayTrade refundIn(Element root, RefundOrder order) {
        var trade = JdpayTrade.of(root);
        var charged = trade.charged();
        return order.refundNumber().equals(trade.tradeNum())
                        && order.payment().orderNumber().equals(trade.originalTradeNum())
                        && charged != null
                        && charged.amountMinor() == order.amount().minorUnits()
                        && charged.currency().equals(JdpayTrade.YUAN)
                ? trade
                : null;
    }

    private <T> RefundAnswer meaning(JdpayAnswer<T> answer) {
        return switch (answer) {
            case JdpayAnswer.Done<T>(var value) ->
                    value instanceof JdpayTrade trade
                            ? trade.refundAnswer(clock.instant())
                            : new RefundAnswer.Unknown("an answer to something else");
            case JdpayAnswer.Failed<T>(var code) -> new RefundAnswer.Unknown(code);
            case JdpayAnswer.NotNow<T>(var why) -> new RefundAnswer.Unknown(why);
            case JdpayAnswer.Unknown<T>(var why) -> new RefundAnswer.Unknown(why);
        };
    }

    @Override
    public StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        var bills = accounts.require(accountId).bills();
        return bills == null
                ? new StatementAnswer.Unknown("no md5-key-file is configured for bills")
                : bills.download(
                        day, LocalDate.ofInstant(clock.instant(), JdpayTrade.BEIJING), sink);
    }

    private static ChannelReport report(OrderKey order, ChannelOutcome outcome) {
        return report(order, order.subMerchantId(), outcome, "{}");
    }

    private static ChannelReport report(
            OrderKey order, String subMerchantId, ChannelOutcome outcome, String evidence) {
        return new ChannelReport(
                order.accountId(),
                order.orderNumber(),
                subMerchantId,
                outcome,
                ChannelReport.Source.QUERY,
                null,
                evidence);
    }
}
