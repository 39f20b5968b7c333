package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.ApprovalKind;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.approval.Change;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How staff change prices: one asks, another approves, and then they are in force. */
@Component
public class AskForPrices {

    private static final String ASK = "pricing:write";
    private static final String DECIDE = "pricing:approve";

    private final Approvals approvals;
    private final ChangePrices prices;
    private final OfLists ofLists;
    private final OfTiers ofTiers;

    AskForPrices(Approvals approvals, ChangePrices prices, OfLists ofLists, OfTiers ofTiers) {
        this.approvals = approvals;
        this.prices = prices;
        this.ofLists = ofLists;
        this.ofTiers = ofTiers;
    }

    /** Refuses at once what could not be approved now. */
    public Approval change(StaffCaller caller, ChangePrices.Change wanted) {
        caller.require(ASK);
        prices.check(wanted);
        return approvals.ask(caller, ofLists, wanted, wanted.reason());
    }

    /**
     * @param tier empty for that of everybody
     */
    public record TierChange(String merchantId, String tier) {}

    public Approval assignTier(StaffCaller caller, TierChange wanted, String reason) {
        caller.require(ASK);
        ChangePrices.checkTier(wanted.merchantId(), wanted.tier());
        return approvals.ask(caller, ofTiers, wanted, reason);
    }

    /** Another version of a price list. */
    @Component
    static class OfLists implements ApprovalKind<ChangePrices.Change> {

        private final PriceLists lists;
        private final ChangePrices prices;

        OfLists(PriceLists lists, ChangePrices prices) {
            this.lists = lists;
            this.prices = prices;
        }

        @Override
        public String name() {
            return "price_list";
        }

        @Override
        public Class<ChangePrices.Change> payload() {
            return ChangePrices.Change.class;
        }

        @Override
        public String askPermission() {
            return ASK;
        }

        @Override
        public String decidePermission() {
            return DECIDE;
        }

        @Override
        public String subject(ChangePrices.Change wanted) {
            return wanted.kind().wireName() + "/" + wanted.scope() + "/" + wanted.currency();
        }

        @Override
        public List<Change> diff(ChangePrices.Change wanted) {
            var before =
                    lists.history(wanted.kind(), wanted.scope(), wanted.currency()).stream()
                            .findFirst()
                            .orElse(null);
            var diff = new ArrayList<Change>();
            diff.add(
                    new Change(
                            "version",
                            before == null ? null : String.valueOf(before.version()),
                            String.valueOf(wanted.basedOn() + 1)));
            diff.add(
                    new Change(
                            "effective_from",
                            before == null ? null : before.effectiveFrom().toString(),
                            wanted.effectiveFrom() == null
                                    ? "when approved"
                                    : wanted.effectiveFrom().toString()));
            var refundFee = wanted.refundFee();
            if (refundFee != null) {
                var was = before == null ? null : before.refundFee();
                diff.add(
                        new Change(
                                "refund_fee",
                                was == null ? null : was.wireName(),
                                refundFee.wireName()));
            }
            for (var difference : ChangePrices.rulesChanged(before, wanted)) {
                var rule = difference.after() == null ? difference.before() : difference.after();
                if (rule != null) {
                    diff.add(
                            new Change(
                                    "rule "
                                            + (rule.method().isEmpty() ? "any" : rule.method())
                                            + " from "
                                            + money(rule.fromMinor(), wanted.currency()),
                                    text(difference.before(), wanted.currency()),
                                    text(difference.after(), wanted.currency())));
                }
            }
            return diff;
        }

        private static @Nullable String text(@Nullable PriceRule rule, Currency currency) {
            if (rule == null) {
                return null;
            }
            var least = rule.leastMinor();
            var most = rule.mostMinor();
            return rule.rate().stripTrailingZeros().toPlainString()
                    + (rule.fixedMinor() == 0 ? "" : " + " + money(rule.fixedMinor(), currency))
                    + (least == null ? "" : ", least " + money(least, currency))
                    + (most == null ? "" : ", most " + money(most, currency));
        }

        private static String money(long minorUnits, Currency currency) {
            return new Money(minorUnits, currency).toDecimalString();
        }

        @Override
        public void apply(ChangePrices.Change wanted, Approval approval) {
            prices.change(wanted, approval.id());
        }
    }

    /** Another tier of a merchant. */
    @Component
    static class OfTiers implements ApprovalKind<TierChange> {

        private final ChangePrices prices;
        private final Clock clock;

        OfTiers(ChangePrices prices, Clock clock) {
            this.prices = prices;
            this.clock = clock;
        }

        @Override
        public String name() {
            return "merchant_tier";
        }

        @Override
        public Class<TierChange> payload() {
            return TierChange.class;
        }

        @Override
        public String askPermission() {
            return ASK;
        }

        @Override
        public String decidePermission() {
            return DECIDE;
        }

        @Override
        public String subject(TierChange wanted) {
            return wanted.merchantId();
        }

        @Override
        public List<Change> diff(TierChange wanted) {
            return List.of(
                    new Change(
                            "tier",
                            prices.tier(wanted.merchantId(), clock.instant()),
                            wanted.tier()));
        }

        @Override
        public void apply(TierChange wanted, Approval approval) {
            prices.assignTier(wanted.merchantId(), wanted.tier(), approval.reason(), approval.id());
        }
    }
}
