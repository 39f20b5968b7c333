package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Alipay's barcode payment: {@code alipay.acquire.overseas.spot.pay}. Alipay asks to be queried
 * after five seconds without a result and then every three, ten to twenty times, and then to be
 * told {@code alipay.acquire.cancel}; an order nobody confirms closes by itself after three
 * minutes.
 */
final class AlipayCharges {

    /** 16 to 24 digits; the first two are 25 to 30. */
    private static final Pattern CODE = Pattern.compile("(2[5-9]|30)[0-9]{14,22}");

    private static final Duration FIRST_QUERY = Duration.ofSeconds(5);
    private static final Duration QUERY_EVERY = Duration.ofSeconds(3);

    /** Past the end of the order's day in Beijing. */
    private static final Duration CANCEL_GRACE = Duration.ofMinutes(15);

    private final AlipayAccounts accounts;
    private final Function<OrderKey, ChannelReport> query;
    private final ChargeRules rules;
    private final Clock clock;

    AlipayCharges(
            AlipayAccounts accounts,
            Function<OrderKey, ChannelReport> query,
            AlipayProperties.Charges settings,
            Clock clock) {
        this.accounts = accounts;
        this.query = query;
        this.rules =
                new ChargeRules(
                        FIRST_QUERY,
                        QUERY_EVERY,
                        settings.patience(),
                        Duration.ZERO,
                        settings.unheardAfter());
        this.clock = clock;
    }

    static boolean recognizes(PayCode code) {
        return CODE.matcher(code.digits()).matches();
    }

    ChargeRules rules() {
        return rules;
    }

    ChargeAnswer charge(PayCodeOrder charge) {
        var order = charge.order();
        var key = order.key();
        var account = accounts.require(key.accountId());
        var parameters = AlipayOrder.spotPay(order, charge.code(), account.settings());
        return switch (account.client().call(Operation.SPOT_PAY, parameters)) {
            case AlipayAnswer.Told told -> told(key, told);
            case AlipayAnswer.Refused(var code) -> refused(key, code);
            case AlipayAnswer.Bare _ -> new ChargeAnswer.Unknown("an answer without a result");
            case AlipayAnswer.NotNow _ -> refused(key, "NOT_NOW");
            case AlipayAnswer.Unknown(var why) -> new ChargeAnswer.Unknown(why);
        };
    }

    private ChargeAnswer told(OrderKey key, AlipayAnswer.Told told) {
        return switch (told.field("result_code")) {
            // Signed, but whether it repeats amount and currency is not confirmed: a query does.
            case "SUCCESS" -> settled(key, "SUCCESS");
            case "FAILED", "FAIL" -> refused(key, told.code());
            // Alipay's spelling. The payer has to confirm, or Alipay does not know.
            case "UNKNOW" -> new ChargeAnswer.PayerIsConfirming();
            default -> new ChargeAnswer.Unknown("result_code " + told.code());
        };
    }

    private ChargeAnswer settled(OrderKey key, String code) {
        var report = query.apply(key);
        return report.outcome() instanceof ChannelOutcome.Succeeded
                ? new ChargeAnswer.Paid(report)
                : new ChargeAnswer.Unknown(code + ", and a query says otherwise");
    }

    /** A refusal is final only when no order stands under this number that could be paid. */
    private ChargeAnswer refused(OrderKey key, String code) {
        var report = query.apply(key);
        return switch (report.outcome()) {
            case ChannelOutcome.Succeeded _ -> new ChargeAnswer.Paid(report);
            case ChannelOutcome.NeverSeen _, ChannelOutcome.Closed _, ChannelOutcome.Declined _ ->
                    new ChargeAnswer.Declined(code);
            case ChannelOutcome.Pending _ -> new ChargeAnswer.Unknown(code + ", an order stands");
            case ChannelOutcome.Unknown(var why, _) -> new ChargeAnswer.Unknown(code + ", " + why);
        };
    }

    /** A quarter of an hour into the next Beijing day. */
    static Instant reversibleUntil(OrderKey order) {
        return order.createdAt()
                .atOffset(AlipayTrade.BEIJING)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(AlipayTrade.BEIJING)
                .plus(CANCEL_GRACE);
    }

    ReverseAnswer reverse(OrderKey order) {
        var account = accounts.require(order.accountId());
        var parameters =
                Map.of(
                        "timestamp",
                        AlipayTrade.spaced(clock.instant()),
                        "out_trade_no",
                        order.orderNumber());
        return switch (account.client().call(Operation.CANCEL, parameters)) {
            case AlipayAnswer.Told told -> reversed(order, told);
            case AlipayAnswer.Refused(var code) -> new ReverseAnswer.Refused(code);
            case AlipayAnswer.Bare _ -> new ReverseAnswer.Unknown("an answer without a result");
            case AlipayAnswer.NotNow(var why) -> new ReverseAnswer.AskAgain(why);
            case AlipayAnswer.Unknown(var why) -> new ReverseAnswer.Unknown(why);
        };
    }

    private static ReverseAnswer reversed(OrderKey order, AlipayAnswer.Told told) {
        return switch (told.field("result_code")) {
            case "SUCCESS" ->
                    told.field("out_trade_no").equals(order.orderNumber())
                            ? new ReverseAnswer.Reversed()
                            : new ReverseAnswer.Unknown("an answer about another order");
            // The flag is in code in the field and not on our sheet; a refusal is repeated anyway.
            case "FAIL" ->
                    told.field("retry_flag").equals("Y")
                            ? new ReverseAnswer.AskAgain(told.code())
                            : new ReverseAnswer.Refused(told.code());
            case "UNKNOW" -> new ReverseAnswer.AskAgain("UNKNOW " + told.code());
            default -> new ReverseAnswer.Unknown("result_code " + told.code());
        };
    }
}
