package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends money back. Alipay shows what an order has given back so far and not which refunds that
 * was; the refund itself, asked for again under its number, is the only question that names it.
 */
final class AlipayRefunds {

    /** Alipay asks for it between any two refunds of one partner. */
    private static final Duration SPACING = Duration.ofSeconds(3);

    /** Alipay names no limit; this one is ours. */
    private static final int MOST_PER_ORDER = 100;

    private static final String REPEATED = "REPEATED_REFUNDMENT_REQUEST";

    /** A definite no; what else refuses may pass, such as a wrong key of ours. */
    private static final Set<String> FINAL =
            Set.of(
                    "PURCHASE_TRADE_NOT_EXIST",
                    "REFUNDMENT_VALID_DATE_EXCEED",
                    "CURRENCY_NOT_SAME",
                    "ILLEGAL_CURRENCY");

    /** A definite no, unless it is an earlier try of ours that leaves too little to give back. */
    private static final Set<String> FINAL_UNLESS_DONE =
            Set.of("RETURN_AMOUNT_EXCEED", "TRADE_HAS_CLOSE");

    private static final Set<String> TROUBLE =
            Set.of("SYSTEM_ERROR", "SYSTEM_EXCEPTION", "SESSION_TIMEOUT", "UNKNOWN_EXCEPTION", "");

    private final AlipayAccounts accounts;
    private final Duration window;
    private final LocalTime codeRefundsFrom;
    private final Clock clock;

    AlipayRefunds(
            AlipayAccounts accounts, Duration window, LocalTime codeRefundsFrom, Clock clock) {
        this.accounts = accounts;
        this.window = window;
        this.codeRefundsFrom = codeRefundsFrom;
        this.clock = clock;
    }

    RefundRules rules(Flow flow) {
        return new RefundRules(
                window,
                MOST_PER_ORDER,
                SPACING,
                SPACING,
                true,
                AlipayChannel.isInStore(flow) ? night() : null);
    }

    RefundAnswer refund(RefundOrder order) {
        var account = accounts.require(order.payment().accountId());
        return AlipayChannel.isInStore(order.flow())
                ? refundInStore(account, order)
                : refundOnline(account, order);
    }

    RefundAnswer query(RefundOrder order) {
        var account = accounts.require(order.payment().accountId());
        return AlipayChannel.isInStore(order.flow())
                ? queryInStore(account, order)
                : queryOnline(account, order);
    }

    private RefundAnswer refundOnline(AlipayAccount account, RefundOrder order) {
        return switch (account.client().call(Operation.REFUND, online(account, order))) {
            // What has no content has no signature: a signed query has to say so, too.
            case AlipayAnswer.Bare _ -> confirmed(account, order);
            case AlipayAnswer.Told _ -> confirmed(account, order);
            case AlipayAnswer.Refused(var code) when code.equals(REPEATED) ->
                    confirmed(account, order);
            case AlipayAnswer.Refused(var code) when FINAL.contains(code) ->
                    new RefundAnswer.Failed(code);
            case AlipayAnswer.Refused(var code) when FINAL_UNLESS_DONE.contains(code) ->
                    failedUnlessDone(account, order, code);
            case AlipayAnswer.Refused(var code) -> new RefundAnswer.NotNow(code);
            case AlipayAnswer.NotNow(var why) -> new RefundAnswer.NotNow(why);
            case AlipayAnswer.Unknown(var why) -> new RefundAnswer.Unknown(why);
        };
    }

    /** The gateway has the refund; done is it when the order shows its money given back. */
    private RefundAnswer confirmed(AlipayAccount account, RefundOrder order) {
        var given = given(account, order);
        return given != null && given.includes(order)
                ? new RefundAnswer.Succeeded(null, null, clock.instant())
                : new RefundAnswer.Accepted(null);
    }

    private RefundAnswer failedUnlessDone(AlipayAccount account, RefundOrder order, String code) {
        var given = given(account, order);
        return given != null && !given.includes(order)
                ? new RefundAnswer.Failed(code)
                : new RefundAnswer.Unknown(code + ", and money has been given back before");
    }

    /** Nothing given back: never asked. Something: only the refund itself tells which. */
    private RefundAnswer queryOnline(AlipayAccount account, RefundOrder order) {
        var given = given(account, order);
        if (given == null) {
            return new RefundAnswer.Unknown("no trustworthy answer about the order");
        }
        return given.back().isZero() ? new RefundAnswer.NotFound() : refundOnline(account, order);
    }

    /**
     * Yuan of an order, by Alipay's signature.
     *
     * @param back what has been given back so far, by all its refunds
     * @param paid all that the payer paid
     */
    private record Given(Money back, Money paid) {

        /**
         * Whether this refund is among what was given back. Alipay tells the sum only, in yuan, and
         * rounds each part, so it has to be more than the other refunds and half of this one.
         */
        boolean includes(RefundOrder order) {
            var halves =
                    BigInteger.valueOf(order.alreadyBack().minorUnits())
                            .shiftLeft(1)
                            .add(BigInteger.valueOf(order.amount().minorUnits()));
            var left =
                    BigInteger.valueOf(back.minorUnits())
                            .shiftLeft(1)
                            .multiply(BigInteger.valueOf(order.paid().minorUnits()));
            return left.compareTo(halves.multiply(BigInteger.valueOf(paid.minorUnits()))) > 0;
        }
    }

    /** Null when Alipay does not say. */
    private static @Nullable Given given(AlipayAccount account, RefundOrder order) {
        var number = order.payment().orderNumber();
        var answer = account.client().call(Operation.QUERY, Map.of("out_trade_no", number));
        if (!(answer instanceof AlipayAnswer.Told told)
                || !told.field("out_trade_no").equals(number)) {
            return null;
        }
        var back = told.field("to_buyer_fee").strip();
        var given = AlipayTrade.money(back.isEmpty() ? "0" : back, AlipayTrade.YUAN);
        var paid = AlipayTrade.money(told.field("total_fee"), AlipayTrade.YUAN);
        return given == null || paid == null || paid.isZero() ? null : new Given(given, paid);
    }

    private static Map<String, String> online(AlipayAccount account, RefundOrder order) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("out_return_no", order.refundNumber());
        parameters.put("out_trade_no", order.payment().orderNumber());
        parameters.put("return_amount", order.amount().toDecimalString());
        parameters.put("currency", order.amount().currency().code());
        parameters.put("gmt_return", AlipayTrade.plain(order.requestedAt()));
        parameters.put("reason", reason(account, order));
        parameters.put("is_sync", "Y");
        parameters.put("notify_url", account.settings().refundNotifyUrl());
        return parameters;
    }

    private RefundAnswer refundInStore(AlipayAccount account, RefundOrder order) {
        if (isNight()) {
            return new RefundAnswer.NotNow("NIGHTLY_PAUSE");
        }
        var number = order.payment().orderNumber();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("partner_trans_id", number);
        parameters.put("partner_refund_id", order.refundNumber());
        parameters.put("refund_amount", order.amount().toDecimalString());
        parameters.put("currency", order.amount().currency().code());
        parameters.put("refund_reason", reason(account, order));
        parameters.put("is_sync", "Y");
        parameters.put("notify_url", account.settings().refundNotifyUrl());
        return switch (account.client().call(Operation.REFUND_IN_STORE, parameters)) {
            case AlipayAnswer.Told told -> inStore(told, order);
            case AlipayAnswer.Refused(var code) when FINAL.contains(code) ->
                    new RefundAnswer.Failed(code);
            case AlipayAnswer.Refused(var code) -> new RefundAnswer.NotNow(code);
            case AlipayAnswer.Bare _ -> new RefundAnswer.Unknown("an answer without a result");
            case AlipayAnswer.NotNow(var why) -> new RefundAnswer.NotNow(why);
            case AlipayAnswer.Unknown(var why) -> new RefundAnswer.Unknown(why);
        };
    }

    private RefundAnswer inStore(AlipayAnswer.Told told, RefundOrder order) {
        var code = told.code();
        return switch (told.field("result_code")) {
            case "SUCCESS" ->
                    told.field("partner_refund_id").equals(order.refundNumber())
                            ? new RefundAnswer.Succeeded(
                                    null,
                                    AlipayTrade.money(
                                            told.field("refund_amount_cny"), AlipayTrade.YUAN),
                                    clock.instant())
                            : new RefundAnswer.Unknown("an answer about another refund");
            case "FAILED", "FAIL" -> {
                if (code.equals(REPEATED)) {
                    yield new RefundAnswer.Succeeded(null, null, clock.instant());
                }
                yield TROUBLE.contains(code)
                        ? new RefundAnswer.Unknown(code)
                        : FINAL_UNLESS_DONE.contains(code)
                                ? inStoreUnlessDone(order, code)
                                : FINAL.contains(code)
                                        ? new RefundAnswer.Failed(code)
                                        : new RefundAnswer.NotNow(code);
            }
            default -> new RefundAnswer.Unknown("result_code " + code);
        };
    }

    /** A wholly refunded order is closed, so a full refund of ours may be what closed it. */
    private RefundAnswer inStoreUnlessDone(RefundOrder order, String code) {
        var status = inStoreStatus(accounts.require(order.payment().accountId()), order);
        return "TRADE_SUCCESS".equals(status) && isWhole(order)
                ? new RefundAnswer.Failed(code)
                : new RefundAnswer.Unknown(code + ", and money may have been given back before");
    }

    private RefundAnswer queryInStore(AlipayAccount account, RefundOrder order) {
        var status = inStoreStatus(account, order);
        if (status == null) {
            return new RefundAnswer.Unknown("no trustworthy answer about the order");
        }
        return switch (status) {
            case "TRADE_CLOSED" -> new RefundAnswer.Succeeded(null, null, clock.instant());
            // A whole refund would have closed the order; a part leaves no trace there.
            case "TRADE_SUCCESS", "TRADE_FINISHED" ->
                    isWhole(order)
                            ? new RefundAnswer.NotFound()
                            : askedBefore(refundInStore(account, order));
            default -> new RefundAnswer.Unknown("an order that is not paid");
        };
    }

    /** What was asked before may have been done, whatever else it is now that stands against it. */
    private static RefundAnswer askedBefore(RefundAnswer again) {
        return again instanceof RefundAnswer.NotNow(var why)
                ? new RefundAnswer.Unknown(why + ", and it was asked for before")
                : again;
    }

    private @Nullable String inStoreStatus(AlipayAccount account, RefundOrder order) {
        var found =
                InStoreQuery.ask(
                        account.client(),
                        order.payment().orderNumber(),
                        AlipayClient.Hurry.NO,
                        clock.instant());
        return found.told() == null ? null : found.told().field("alipay_trans_status");
    }

    private static boolean isWhole(RefundOrder order) {
        return order.amount().equals(order.paid());
    }

    private boolean isNight() {
        var now = clock.instant().atOffset(AlipayTrade.BEIJING).toLocalTime();
        return now.isBefore(codeRefundsFrom);
    }

    private RefundRules.@Nullable Pause night() {
        return codeRefundsFrom.equals(LocalTime.MIDNIGHT)
                ? null
                : new RefundRules.Pause(LocalTime.MIDNIGHT, codeRefundsFrom);
    }

    private static String reason(AlipayAccount account, RefundOrder order) {
        return AlipayOrder.clean(order.reason(), 128, account.settings().encoding(), "refund");
    }
}
