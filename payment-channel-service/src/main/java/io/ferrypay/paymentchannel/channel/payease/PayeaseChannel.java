package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Payease's online banking. It is told yuan, cannot close an order (an unpaid one lapses), and has
 * neither rates nor statements: ours is made of queries.
 */
final class PayeaseChannel
        implements OffersPayments, QueriesPayments, RefundsPayments, ProvidesStatements {

    /** Payease names no limit; this keeps one order's list readable. */
    private static final int MOST_REFUNDS = 50;

    private final PayeaseAccounts accounts;
    private final Refunds refunds;
    private final VirtualStatement statements;
    private final Clock clock;

    PayeaseChannel(
            PayeaseAccounts accounts, Refunds refunds, VirtualStatement statements, Clock clock) {
        this.accounts = accounts;
        this.refunds = refunds;
        this.statements = statements;
        this.clock = clock;
    }

    @Override
    public ChannelCode code() {
        return ChannelCode.PAYEASE;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return accounts.all().stream().map(PayeaseAccount::asChannelAccount).toList();
    }

    @Override
    public boolean takesMerchantCurrency() {
        return false;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        return EnumSet.of(Flow.BANK);
    }

    /** Calls nobody: the order is placed by the payer's browser. */
    @Override
    public OfferAnswer offer(ChannelOrder order) {
        var account = accounts.require(order.key().accountId());
        if (!order.key().amount().currency().code().equals("CNY")) {
            return new OfferAnswer.Refused("NOT_IN_YUAN");
        }
        var bank = PayeaseBank.ofCode(order.payer().bankCode());
        if (bank == null) {
            return new OfferAnswer.Refused("UNKNOWN_BANK");
        }
        var identity = order.payer().identity();
        if (identity == null && account.settings().identityRequired()) {
            return new OfferAnswer.Refused("IDENTITY_MISSING");
        }
        return new OfferAnswer.Ready(
                BankForm.of(account.settings(), account.mac(), order, bank, identity),
                order.expiresAt());
    }

    @Override
    public ChannelReport query(OrderKey order) {
        var account = accounts.require(order.accountId());
        var oid = OrderNumber.of(account.settings(), order).toString();
        var answer = account.client().query(oid, null);
        return new ChannelReport(
                order.accountId(),
                order.orderNumber(),
                order
                        .subMerchantId(), // Payease knows v_mid alone, and the answer has been held
                                          // to it.
                outcome(answer),
                ChannelReport.Source.QUERY,
                null,
                answer instanceof PayeaseAnswer.Done<OrderState>(var state)
                        ? state.asEvidence()
                        : "{}");
    }

    private ChannelOutcome outcome(PayeaseAnswer<OrderState> answer) {
        return switch (answer) {
            case PayeaseAnswer.Done<OrderState>(var state) -> state.outcome(clock.instant());
            // The browser that places the order may still be on its way.
            case PayeaseAnswer.Refused<OrderState>(var error) ->
                    error == PayeaseError.INVALID_ORDER_NUMBER
                            ? new ChannelOutcome.Pending(false)
                            : new ChannelOutcome.Unknown(error.name());
            case PayeaseAnswer.NotSent<OrderState>(var why) -> new ChannelOutcome.Unknown(why);
            case PayeaseAnswer.Unknown<OrderState>(var why) -> new ChannelOutcome.Unknown(why);
        };
    }

    @Override
    public RefundRules refundRules(Flow flow) {
        var window =
                accounts.all().stream()
                        .map(account -> account.settings().refundWindow())
                        .min(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return new RefundRules(window, MOST_REFUNDS, Duration.ZERO, Duration.ZERO, false, null);
    }

    @Override
    public RefundAnswer refund(RefundOrder order) {
        return refunds.refund(accounts.require(order.payment().accountId()), order);
    }

    @Override
    public RefundAnswer queryRefund(RefundOrder order) {
        return refunds.query(accounts.require(order.payment().accountId()), order);
    }

    @Override
    public StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        return statements.write(accounts.require(accountId), day, sink);
    }
}
