package io.ferrypay.paymentchannel.channel.wechat;

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
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** WeChat Pay's QR payments (Native), in institution mode. */
final class WechatChannel implements OffersPayments, QueriesPayments, ClosesPayments {

    /** WeChat's code URLs live two hours. */
    private static final Duration CODE_LIFETIME = Duration.ofHours(2);

    private final WechatAccounts accounts;
    private final Clock clock;

    WechatChannel(WechatAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public ChannelCode code() {
        return ChannelCode.WECHAT;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return accounts.all().stream().map(WechatAccount::asChannelAccount).toList();
    }

    @Override
    public boolean takesMerchantCurrency() {
        return true;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        return EnumSet.of(Flow.QR);
    }

    @Override
    public OfferAnswer offer(ChannelOrder order) {
        var account = accounts.require(order.key().accountId());
        var nativeOrder =
                NativeOrder.of(
                        account.settings(),
                        order.key().subMerchantId(),
                        order.merchantCategoryCode(),
                        order.key().orderNumber(),
                        order.description(),
                        new NativeOrder.Amount(
                                order.key().amount().minorUnits(),
                                order.key().amount().currency().code()),
                        order.expiresAt());
        var askedAt = clock.instant();
        var answer = account.client().createNative(nativeOrder);
        if (answer instanceof WechatAnswer.Unknown<String> unknown && unknown.askAgain()) {
            // The same number and the same parameters: at most one order can come of it.
            answer = account.client().createNative(nativeOrder);
        }
        return switch (answer) {
            case WechatAnswer.Done<String>(var codeUrl) ->
                    new OfferAnswer.Ready(new Offer.ShowQr(codeUrl), earlier(order, askedAt));
            case WechatAnswer.Refused<String>(var error) -> refused(account, order.key(), error);
            case WechatAnswer.Misconfigured<String>(var error) ->
                    new OfferAnswer.Refused(error.name());
            case WechatAnswer.NotNow<String>(var why) -> new OfferAnswer.Unknown(why);
            case WechatAnswer.Unknown<String>(var why, _) -> new OfferAnswer.Unknown(why);
        };
    }

    /** A refusal is final only when no order stands under this number from an earlier call. */
    private OfferAnswer refused(WechatAccount account, OrderKey key, WechatError error) {
        return switch (error) {
            case ORDER_PAID -> new OfferAnswer.AlreadyPaid();
            case INVALID_REQUEST, OUT_TRADE_NO_USED, TRADE_ERROR ->
                    switch (outcome(account, key)) {
                        case ChannelOutcome.Succeeded _ -> new OfferAnswer.AlreadyPaid();
                        case ChannelOutcome.Closed _,
                                ChannelOutcome.NeverSeen _,
                                ChannelOutcome.Declined _ ->
                                new OfferAnswer.Refused(error.name());
                        case ChannelOutcome.Pending _ ->
                                new OfferAnswer.Unknown(error + ", and an order stands");
                        case ChannelOutcome.Unknown(var why) ->
                                new OfferAnswer.Unknown(error + ", then " + why);
                    };
            default -> new OfferAnswer.Refused(error.name());
        };
    }

    @Override
    public ChannelReport query(OrderKey order) {
        var account = accounts.require(order.accountId());
        var answer = account.client().query(order.subMerchantId(), order.orderNumber());
        var evidence =
                answer instanceof WechatAnswer.Done<WechatTransaction>(var transaction)
                        ? WechatJson.MAPPER.writeValueAsString(transaction)
                        : "{}";
        return new ChannelReport(
                order.accountId(),
                order.orderNumber(),
                order.subMerchantId(),
                outcome(answer),
                ChannelReport.Source.QUERY,
                null,
                evidence);
    }

    @Override
    public CloseAnswer close(OrderKey order) {
        var account = accounts.require(order.accountId());
        return switch (account.client().close(order.subMerchantId(), order.orderNumber())) {
            case WechatAnswer.Done<Boolean> _ -> new CloseAnswer.Closed();
            case WechatAnswer.Refused<Boolean>(var error) -> closingRefused(error);
            case WechatAnswer.Misconfigured<Boolean>(var error) ->
                    new CloseAnswer.Refused(error.name());
            case WechatAnswer.NotNow<Boolean>(var why) -> new CloseAnswer.Unknown(why);
            case WechatAnswer.Unknown<Boolean>(var why, _) -> new CloseAnswer.Unknown(why);
        };
    }

    private static CloseAnswer closingRefused(WechatError error) {
        return switch (error) {
            case ORDER_PAID -> new CloseAnswer.AlreadyPaid();
            case ORDER_CLOSED -> new CloseAnswer.Closed();
            case ORDER_NOT_EXIST -> new CloseAnswer.NotPossible();
            default -> new CloseAnswer.Refused(error.name());
        };
    }

    private ChannelOutcome outcome(WechatAccount account, OrderKey order) {
        return outcome(account.client().query(order.subMerchantId(), order.orderNumber()));
    }

    private ChannelOutcome outcome(WechatAnswer<WechatTransaction> answer) {
        return switch (answer) {
            case WechatAnswer.Done<WechatTransaction>(var transaction) ->
                    transaction.outcome(clock.instant());
            case WechatAnswer.Refused<WechatTransaction>(var error) -> queryRefused(error);
            case WechatAnswer.Misconfigured<WechatTransaction>(var error) ->
                    new ChannelOutcome.Unknown(error.name());
            case WechatAnswer.NotNow<WechatTransaction>(var why) -> new ChannelOutcome.Unknown(why);
            case WechatAnswer.Unknown<WechatTransaction>(var why, _) ->
                    new ChannelOutcome.Unknown(why);
        };
    }

    private static ChannelOutcome queryRefused(WechatError error) {
        // Refusals are unsigned: a closed order shows in a signed trade_state, not here.
        return error == WechatError.ORDER_NOT_EXIST
                ? new ChannelOutcome.NeverSeen()
                : new ChannelOutcome.Unknown(error.name());
    }

    private static Instant earlier(ChannelOrder order, Instant askedAt) {
        var codeEnds = askedAt.plus(CODE_LIFETIME);
        return codeEnds.isBefore(order.expiresAt()) ? codeEnds : order.expiresAt();
    }
}
