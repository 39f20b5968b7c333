package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ProvidesRates;
import io.ferrypay.paymentchannel.channel.ProvidesSettlementFiles;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.channel.ReversesCharges;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Alipay's cross-border payments: two flows that begin in the payer's browser and have no way to be
 * closed, two by a transaction code that we ask for and can take back, and one by the code that the
 * payer shows.
 */
final class AlipayChannel
        implements OffersPayments,
                QueriesPayments,
                ClosesPayments,
                RefundsPayments,
                ChargesPayCodes,
                ReversesCharges,
                ProvidesRates,
                ProvidesStatements,
                ProvidesSettlementFiles {

    private final AlipayAccounts accounts;
    private final AlipayRefunds refunds;
    private final AlipayCharges charges;
    private final AlipayFiles files;
    private final Clock clock;

    AlipayChannel(
            AlipayAccounts accounts,
            Duration refundWindow,
            LocalTime codeRefundsFrom,
            AlipayProperties.Charges charges,
            Clock clock) {
        this.accounts = accounts;
        this.refunds = new AlipayRefunds(accounts, refundWindow, codeRefundsFrom, clock);
        this.charges = new AlipayCharges(accounts, this::query, charges, clock);
        this.files = new AlipayFiles(accounts, clock);
        this.clock = clock;
    }

    @Override
    public ChannelCode code() {
        return ChannelCode.ALIPAY;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return accounts.all().stream().map(AlipayAccount::asChannelAccount).toList();
    }

    @Override
    public boolean takesMerchantCurrency() {
        return true;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        return accounts.require(accountId).settings().flows();
    }

    @Override
    public OfferAnswer offer(ChannelOrder order) {
        var account = accounts.require(order.key().accountId());
        return switch (order.key().flow()) {
            case DESKTOP -> inBrowser(account, order, "create_forex_trade");
            case MOBILE -> inBrowser(account, order, "create_forex_trade_wap");
            case QR, IN_WALLET -> code(account, order);
            case BANK, PAY_CODE -> new OfferAnswer.Refused("NO_SUCH_FLOW");
        };
    }

    /** Nobody is asked here: the order begins when the payer's browser goes there. */
    private static OfferAnswer inBrowser(
            AlipayAccount account, ChannelOrder order, String service) {
        var url =
                account.client()
                        .signedUrl(service, AlipayOrder.inBrowser(order, account.settings()));
        return new OfferAnswer.Ready(new Offer.Redirect(url), AlipayOrder.endInBrowser(order));
    }

    private OfferAnswer code(AlipayAccount account, ChannelOrder order) {
        var parameters = AlipayOrder.code(order, account.settings(), clock.instant());
        return switch (account.client().call(Operation.PRECREATE, parameters)) {
            case AlipayAnswer.Told told -> created(account, order, told);
            case AlipayAnswer.Refused(var code) -> new OfferAnswer.Refused(code);
            case AlipayAnswer.Bare _ -> new OfferAnswer.Unknown("no qr_code");
            case AlipayAnswer.NotNow(var why) -> new OfferAnswer.Unknown(why);
            case AlipayAnswer.Unknown(var why) -> new OfferAnswer.Unknown(why);
        };
    }

    private OfferAnswer created(AlipayAccount account, ChannelOrder order, AlipayAnswer.Told told) {
        var key = order.key();
        return switch (told.field("result_code")) {
            case "SUCCESS" -> {
                var code = told.field("qr_code");
                if (!told.field("out_trade_no").equals(key.orderNumber())
                        || !code.matches("https?://[!-~]{1,250}")) {
                    yield new OfferAnswer.Unknown("no qr_code for this order");
                }
                yield new OfferAnswer.Ready(
                        key.flow() == Flow.QR ? new Offer.ShowQr(code) : new Offer.Redirect(code),
                        AlipayOrder.endOfCode(order));
            }
            case "FAIL" -> refused(account, key, told.code());
            default -> new OfferAnswer.Unknown("result_code " + told.code());
        };
    }

    /** A refusal is final only when no order stands under this number from an earlier call. */
    private OfferAnswer refused(AlipayAccount account, OrderKey key, String code) {
        return switch (inStore(account, key).outcome()) {
            case ChannelOutcome.Succeeded _ -> new OfferAnswer.AlreadyPaid();
            case ChannelOutcome.Closed _, ChannelOutcome.NeverSeen _, ChannelOutcome.Declined _ ->
                    new OfferAnswer.Refused(code);
            case ChannelOutcome.Pending _ -> new OfferAnswer.Unknown(code + ", an order stands");
            case ChannelOutcome.Unknown(var why, _) -> new OfferAnswer.Unknown(code + ", " + why);
        };
    }

    @Override
    public ChannelReport query(OrderKey order) {
        var account = accounts.require(order.accountId());
        var found = isInStore(order.flow()) ? inStore(account, order) : online(account, order);
        return new ChannelReport(
                order.accountId(),
                order.orderNumber(),
                order.subMerchantId(),
                found.outcome(),
                ChannelReport.Source.QUERY,
                null,
                found.evidence());
    }

    private Found online(AlipayAccount account, OrderKey order) {
        return OnlineQuery.ask(
                account.client(),
                account.settings(),
                order.orderNumber(),
                AlipayClient.Hurry.NO,
                clock.instant());
    }

    private Found inStore(AlipayAccount account, OrderKey order) {
        return InStoreQuery.ask(
                account.client(), order.orderNumber(), AlipayClient.Hurry.NO, clock.instant());
    }

    /**
     * Asks first: {@code cancel} gives a paid order's money back, and {@code close} may be late.
     */
    @Override
    public CloseAnswer close(OrderKey order) {
        if (!isInStore(order.flow()) || order.flow() == Flow.PAY_CODE) {
            return new CloseAnswer.NotPossible(); // What was begun by a pay code is reversed.
        }
        var account = accounts.require(order.accountId());
        return switch (inStore(account, order).outcome()) {
            case ChannelOutcome.Succeeded _ -> new CloseAnswer.AlreadyPaid();
            case ChannelOutcome.Closed _, ChannelOutcome.Declined _ -> new CloseAnswer.Closed();
            case ChannelOutcome.Pending _ ->
                    end(
                            account,
                            order,
                            Operation.CLOSE,
                            Map.of("out_trade_no", order.orderNumber()));
            // Nobody has scanned the code, so there is nothing to close.
            case ChannelOutcome.NeverSeen _ -> cancel(account, order);
            case ChannelOutcome.Unknown(var why, _) -> new CloseAnswer.Unknown(why);
        };
    }

    private CloseAnswer cancel(AlipayAccount account, OrderKey order) {
        var parameters =
                Map.of(
                        "timestamp",
                        AlipayTrade.spaced(clock.instant()),
                        "out_trade_no",
                        order.orderNumber());
        var answer = end(account, order, Operation.CANCEL, parameters);
        if (!(answer instanceof CloseAnswer.Closed)) {
            return answer;
        }
        return switch (inStore(account, order).outcome()) {
            case ChannelOutcome.Closed _, ChannelOutcome.Declined _ -> answer;
            case ChannelOutcome.Succeeded _ -> new CloseAnswer.AlreadyPaid();
            // Whether canceling what does not exist keeps it from existing is not confirmed.
            case ChannelOutcome.NeverSeen _ -> new CloseAnswer.NotPossible();
            case ChannelOutcome.Pending _ -> new CloseAnswer.Refused("STILL_PAYABLE");
            case ChannelOutcome.Unknown(var why, _) -> new CloseAnswer.Unknown(why);
        };
    }

    private CloseAnswer end(
            AlipayAccount account, OrderKey order, Operation how, Map<String, String> parameters) {
        return switch (account.client().call(how, parameters)) {
            case AlipayAnswer.Told told ->
                    switch (told.field("result_code")) {
                        case "SUCCESS" -> new CloseAnswer.Closed();
                        case "FAIL" -> notClosed(account, order, told.code());
                        default -> new CloseAnswer.Unknown("result_code " + told.code());
                    };
            case AlipayAnswer.Refused(var code) when code.equals(AlipayTrade.NOT_EXIST) ->
                    new CloseAnswer.NotPossible();
            case AlipayAnswer.Refused(var code) -> new CloseAnswer.Refused(code);
            case AlipayAnswer.Bare _ -> new CloseAnswer.Unknown("an answer without a result");
            case AlipayAnswer.NotNow(var why) -> new CloseAnswer.Unknown(why);
            case AlipayAnswer.Unknown(var why) -> new CloseAnswer.Unknown(why);
        };
    }

    private CloseAnswer notClosed(AlipayAccount account, OrderKey order, String code) {
        return switch (inStore(account, order).outcome()) {
            case ChannelOutcome.Succeeded _ -> new CloseAnswer.AlreadyPaid();
            case ChannelOutcome.Closed _, ChannelOutcome.Declined _ -> new CloseAnswer.Closed();
            case ChannelOutcome.Pending _, ChannelOutcome.NeverSeen _ ->
                    new CloseAnswer.Refused(code);
            case ChannelOutcome.Unknown(var why, _) -> new CloseAnswer.Unknown(code + ", " + why);
        };
    }

    @Override
    public boolean recognizes(PayCode code) {
        return AlipayCharges.recognizes(code);
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
        return AlipayCharges.reversibleUntil(order);
    }

    @Override
    public ReverseAnswer reverse(OrderKey order) {
        return charges.reverse(order);
    }

    @Override
    public RefundRules refundRules(Flow flow) {
        return refunds.rules(flow);
    }

    @Override
    public RefundAnswer refund(RefundOrder order) {
        return refunds.refund(order);
    }

    @Override
    public RefundAnswer queryRefund(RefundOrder order) {
        return refunds.query(order);
    }

    @Override
    public RatesAnswer rates(String accountId, Set<String> currencies) {
        return files.rates(accountId, currencies);
    }

    @Override
    public StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return files.statement(accountId, day, sink);
    }

    @Override
    public StatementAnswer settlementFile(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return files.settlementFile(accountId, day, sink);
    }

    static boolean isInStore(Flow flow) {
        return flow == Flow.QR || flow == Flow.IN_WALLET || flow == Flow.PAY_CODE;
    }

    /** What a query found, and what it was read from. */
    record Found(ChannelOutcome outcome, AlipayAnswer.@Nullable Told told) {

        static Found unknown(String why) {
            return new Found(new ChannelOutcome.Unknown(why), null);
        }

        String evidence() {
            return told == null ? "{}" : AlipayTrade.evidence(told.fields());
        }
    }
}
