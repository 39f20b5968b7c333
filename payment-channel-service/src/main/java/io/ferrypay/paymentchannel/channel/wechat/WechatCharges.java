package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * WeChat's Quick Pay: the shop scans the code in the payer's wallet. WeChat asks to be queried five
 * seconds after an answer that is none and every ten while the payer types a password, to be
 * patient for half a minute, and to reverse what is still not clear, not before fifteen seconds
 * have passed, and again when that has no answer. No client certificate is asked for in API v3.
 */
final class WechatCharges {

    /** 18 digits; the first two are 10 to 15. */
    private static final Pattern CODE = Pattern.compile("1[0-5][0-9]{16}");

    private static final Duration FIRST_QUERY = Duration.ofSeconds(5);
    private static final Duration QUERY_EVERY = Duration.ofSeconds(10);
    private static final Duration REVERSIBLE = Duration.ofDays(7);

    private final WechatAccounts accounts;
    private final Function<OrderKey, ChannelReport> query;
    private final ChargeRules rules;
    private final Clock clock;

    WechatCharges(
            WechatAccounts accounts,
            Function<OrderKey, ChannelReport> query,
            WechatProperties.Charges settings,
            Clock clock) {
        this.accounts = accounts;
        this.query = query;
        this.rules =
                new ChargeRules(
                        FIRST_QUERY,
                        QUERY_EVERY,
                        settings.patience(),
                        settings.reverseNotBefore(),
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
        var key = charge.order().key();
        var account = accounts.require(key.accountId());
        return switch (account.client().charge(MicropayRequest.of(account.settings(), charge))) {
            case WechatAnswer.Done<WechatTransaction>(var transaction) -> told(key, transaction);
            case WechatAnswer.Refused<WechatTransaction>(var error) ->
                    error == WechatError.USER_PAYING
                            ? new ChargeAnswer.PayerIsConfirming()
                            : refused(key, error.name());
            case WechatAnswer.Misconfigured<WechatTransaction>(var error) ->
                    refused(key, error.name());
            case WechatAnswer.NotNow<WechatTransaction>(var why) -> refused(key, "NOT_NOW");
            case WechatAnswer.Unknown<WechatTransaction>(var why, _) ->
                    new ChargeAnswer.Unknown(why);
        };
    }

    private ChargeAnswer told(OrderKey key, WechatTransaction transaction) {
        return switch (transaction.outcome(clock.instant())) {
            case ChannelOutcome.Succeeded paid ->
                    new ChargeAnswer.Paid(
                            new ChannelReport(
                                    key.accountId(),
                                    key.orderNumber(),
                                    key.subMerchantId(),
                                    paid,
                                    ChannelReport.Source.CHARGE,
                                    null,
                                    WechatJson.MAPPER.writeValueAsString(transaction)));
            case ChannelOutcome.Pending(var confirming) ->
                    confirming
                            ? new ChargeAnswer.PayerIsConfirming()
                            : new ChargeAnswer.Unknown("charged, and not paid");
            case ChannelOutcome.Declined(var code) -> new ChargeAnswer.Declined(code);
            case ChannelOutcome.Closed _ -> new ChargeAnswer.Declined("CLOSED");
            case ChannelOutcome.NeverSeen _ -> new ChargeAnswer.Unknown("no order");
            case ChannelOutcome.Unknown(var why, _) -> new ChargeAnswer.Unknown(why);
        };
    }

    /**
     * Refusals are unsigned, so one is final only when WeChat knows no order that could be paid.
     */
    private ChargeAnswer refused(OrderKey key, String code) {
        var report = query.apply(key);
        return switch (report.outcome()) {
            case ChannelOutcome.Succeeded _ -> new ChargeAnswer.Paid(report);
            case ChannelOutcome.NeverSeen _, ChannelOutcome.Closed _, ChannelOutcome.Declined _ ->
                    new ChargeAnswer.Declined(code);
            case ChannelOutcome.Pending(var confirming) ->
                    confirming
                            ? new ChargeAnswer.PayerIsConfirming()
                            : new ChargeAnswer.Unknown(code + ", and an order stands");
            case ChannelOutcome.Unknown(var why, _) ->
                    new ChargeAnswer.Unknown(code + ", then " + why);
        };
    }

    static Instant reversibleUntil(OrderKey order) {
        return order.createdAt().plus(REVERSIBLE);
    }

    ReverseAnswer reverse(OrderKey order) {
        var account = accounts.require(order.accountId());
        return switch (account.client().reverse(order.subMerchantId(), order.orderNumber())) {
            case WechatAnswer.Done<Boolean> _ -> new ReverseAnswer.Reversed();
            case WechatAnswer.Refused<Boolean>(var error) ->
                    new ReverseAnswer.Refused(error.name());
            case WechatAnswer.Misconfigured<Boolean>(var error) ->
                    new ReverseAnswer.AskAgain(error.name());
            case WechatAnswer.NotNow<Boolean>(var why) -> new ReverseAnswer.AskAgain(why);
            case WechatAnswer.Unknown<Boolean>(var why, _) -> new ReverseAnswer.Unknown(why);
        };
    }
}
