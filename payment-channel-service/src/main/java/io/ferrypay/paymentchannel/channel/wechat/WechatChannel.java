package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ProvidesRates;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.channel.ReversesCharges;
import io.ferrypay.paymentchannel.channel.TellsCredentials;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * WeChat Pay in institution mode: by QR code (Native), inside WeChat (JSAPI), from a phone's
 * browser (MWEB), and by the code that the payer shows (MICROPAY).
 */
final class WechatChannel
        implements OffersPayments,
                QueriesPayments,
                ClosesPayments,
                RefundsPayments,
                ChargesPayCodes,
                ReversesCharges,
                IdentifiesPayers,
                ProvidesStatements,
                ProvidesSettlements,
                ProvidesRates,
                TellsCredentials {

    /** 150 a second and account; WeChat's other limits are per order. */
    private static final Duration BETWEEN_REFUNDS = Duration.ofMillis(7);

    private static final Duration REFUND_WINDOW = Duration.ofDays(365);
    private static final int MOST_REFUNDS = 50;

    private final WechatAccounts accounts;
    private final WechatCharges charges;
    private final RefundRules refundRules;
    private final Clock clock;

    WechatChannel(
            WechatAccounts accounts,
            Duration refundSpacing,
            WechatProperties.Charges charges,
            Clock clock) {
        this.accounts = accounts;
        this.charges = new WechatCharges(accounts, this::query, charges, clock);
        this.refundRules =
                new RefundRules(
                        REFUND_WINDOW, MOST_REFUNDS, refundSpacing, BETWEEN_REFUNDS, true, null);
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
    public List<Credential> credentials(String accountId) {
        return accounts.require(accountId).credentials();
    }

    @Override
    public boolean takesMerchantCurrency() {
        return true;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        var account = accounts.require(accountId);
        var flows = EnumSet.of(Flow.QR);
        if (account.oauth() != null) {
            flows.add(Flow.IN_WALLET);
        }
        if (account.settings().h5()) {
            flows.add(Flow.MOBILE);
        }
        return flows;
    }

    @Override
    public OfferAnswer offer(ChannelOrder order) {
        var account = accounts.require(order.key().accountId());
        var type = TradeType.of(order.key().flow());
        if (type == null || !flows(order.key().accountId()).contains(order.key().flow())) {
            return new OfferAnswer.Refused("flow_not_offered");
        }
        var request = OrderRequest.of(account.settings(), type, order);
        if (!request.hasAll()) {
            return new OfferAnswer.Refused("payer_not_known");
        }
        var askedAt = clock.instant();
        var answer = account.client().create(request);
        if (answer instanceof WechatAnswer.Unknown<String> unknown && unknown.askAgain()) {
            // The same number and the same parameters: at most one order can come of it.
            answer = account.client().create(request);
        }
        return switch (answer) {
            case WechatAnswer.Done<String>(var way) ->
                    new OfferAnswer.Ready(
                            offer(account, type, way, order),
                            earlier(order, askedAt.plus(type.lifetime())));
            case WechatAnswer.Refused<String>(var error) -> refused(account, order.key(), error);
            case WechatAnswer.Misconfigured<String>(var error) ->
                    new OfferAnswer.Refused(error.name());
            case WechatAnswer.NotNow<String>(var why) -> new OfferAnswer.Unknown(why);
            case WechatAnswer.Unknown<String>(var why, _) -> new OfferAnswer.Unknown(why);
        };
    }

    private static Offer offer(
            WechatAccount account, TradeType type, String way, ChannelOrder order) {
        return switch (type) {
            case NATIVE -> new Offer.ShowQr(way);
            case JSAPI -> new Offer.CallWallet(account.walletCall().of(way));
            // WeChat sends the browser back there whether or not anybody paid.
            case MWEB ->
                    new Offer.Redirect(
                            way
                                    + "&redirect_url="
                                    + URLEncoder.encode(order.pageUrl(), StandardCharsets.UTF_8));
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
                        case ChannelOutcome.Unknown(var why, _) ->
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

    @Override
    public boolean recognizes(PayCode code) {
        return WechatCharges.recognizes(code);
    }

    @Override
    public ChargeRules chargeRules() {
        return charges.rules();
    }

    @Override
    public ChargeAnswer charge(PayCodeOrder order) {
        return charges.charge(order);
    }

    @Override
    public Instant reversibleUntil(OrderKey order) {
        return WechatCharges.reversibleUntil(order);
    }

    @Override
    public ReverseAnswer reverse(OrderKey order) {
        return charges.reverse(order);
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

    @Override
    public RefundRules refundRules(Flow flow) {
        return refundRules;
    }

    @Override
    public RefundAnswer refund(RefundOrder order) {
        var account = accounts.require(order.payment().accountId());
        return switch (account.client().refund(RefundRequest.of(account.settings(), order))) {
            // Its yes means that it will try; what came of that is for a query or a notification.
            case WechatAnswer.Done<WechatRefund>(var refund) ->
                    new RefundAnswer.Accepted(refund.refundNumber());
            case WechatAnswer.Refused<WechatRefund>(var error) ->
                    error == WechatError.NOT_ENOUGH
                            ? new RefundAnswer.NotNow(error.name())
                            : refundRefused(order, error);
            // It is for us to repair our set-up; the refund is still owed.
            case WechatAnswer.Misconfigured<WechatRefund>(var error) ->
                    new RefundAnswer.NotNow(error.name());
            case WechatAnswer.NotNow<WechatRefund>(var why) -> new RefundAnswer.NotNow(why);
            case WechatAnswer.Unknown<WechatRefund>(var why, _) -> new RefundAnswer.Unknown(why);
        };
    }

    /** A refusal is final only when an earlier call under this number has not been accepted. */
    private RefundAnswer refundRefused(RefundOrder order, WechatError error) {
        var known = queryRefund(order);
        return known instanceof RefundAnswer.NotFound
                ? new RefundAnswer.Failed(error.name())
                : known;
    }

    @Override
    public RefundAnswer queryRefund(RefundOrder order) {
        var payment = order.payment();
        var answer =
                accounts.require(payment.accountId())
                        .client()
                        .queryRefund(
                                payment.subMerchantId(),
                                payment.orderNumber(),
                                order.refundNumber());
        return switch (answer) {
            case WechatAnswer.Done<WechatRefund>(var refund) -> known(order, refund);
            case WechatAnswer.Refused<WechatRefund>(var error) -> notKnown(error);
            case WechatAnswer.Misconfigured<WechatRefund>(var error) -> notKnown(error);
            case WechatAnswer.NotNow<WechatRefund>(var why) -> new RefundAnswer.Unknown(why);
            case WechatAnswer.Unknown<WechatRefund>(var why, _) -> new RefundAnswer.Unknown(why);
        };
    }

    private RefundAnswer known(RefundOrder order, WechatRefund refund) {
        var wanted =
                new ChannelOutcome.Charged(
                        order.amount().minorUnits(), order.amount().currency().code());
        if (!wanted.equals(refund.refunded())) {
            return new RefundAnswer.Unknown("a refund of another amount");
        }
        return refund.answer(clock.instant());
    }

    private static RefundAnswer notKnown(WechatError error) {
        return switch (error) {
            case RESOURCE_NOT_EXISTS, ORDER_NOT_EXIST -> new RefundAnswer.NotFound();
            default -> new RefundAnswer.Unknown(error.name());
        };
    }

    @Override
    public URI identify(String accountId, URI callback, String state) {
        return oauth(accountId).authorizeUrl(callback, state);
    }

    @Override
    public IdentityAnswer payerOf(String accountId, String code) {
        return oauth(accountId).openidOf(code);
    }

    private WechatOauth oauth(String accountId) {
        var oauth = accounts.require(accountId).oauth();
        if (oauth == null) {
            throw new IllegalStateException(
                    "WeChat Pay account " + accountId + " has no app-secret-file");
        }
        return oauth;
    }

    @Override
    public StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return accounts.require(accountId).statements().fetch(day, sink);
    }

    @Override
    public SettlementsAnswer settlements(String accountId, SettlementQuery query) {
        return WechatSettlements.all(accounts.require(accountId).client(), query);
    }

    @Override
    public RatesAnswer rates(String accountId, Set<String> currencies) {
        var rates = accounts.require(accountId).rates();
        return rates == null
                ? new RatesAnswer.Unknown("no v2-key-file is configured")
                : rates.of(currencies);
    }

    private static Instant earlier(ChannelOrder order, Instant wayEnds) {
        return wayEnds.isBefore(order.expiresAt()) ? wayEnds : order.expiresAt();
    }
}
