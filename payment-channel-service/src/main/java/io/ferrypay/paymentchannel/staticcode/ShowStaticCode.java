package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.checkout.Device;
import io.ferrypay.paymentchannel.fx.ShowRates;
import io.ferrypay.paymentchannel.fx.ShowRates.MethodRate;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.PaymentPage.WayToPay;
import io.ferrypay.paymentchannel.payment.WaysToPay;
import io.ferrypay.paymentchannel.staticcode.StaticCodeView.Status;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a printed code into what its page shows. */
@Component
class ShowStaticCode {

    private final StaticCodes codes;
    private final Merchants merchants;
    private final WaysToPay ways;
    private final ShowRates rates;
    private final Clock clock;

    ShowStaticCode(
            StaticCodes codes, Merchants merchants, WaysToPay ways, ShowRates rates, Clock clock) {
        this.codes = codes;
        this.merchants = merchants;
        this.ways = ways;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * @param link as it was scanned, which may be an old one
     */
    StaticCodeView show(StaticCode code, String link, Device device) {
        var merchant = merchants.find(code.merchantId()).orElse(null);
        var status = status(code, link, merchant);
        return new StaticCodeView(
                code.mode().livemode(),
                status,
                merchant == null ? "" : merchant.displayName(),
                code.storeName(),
                code.label(),
                code.serial(),
                code.currency(),
                Currency.of(code.currency()).exponent(),
                text(code.fixed()),
                text(code.least()),
                text(code.most()),
                merchant == null || status != Status.ACTIVE
                        ? List.of()
                        : methods(code, merchant, device));
    }

    private Status status(StaticCode code, String link, @Nullable Merchant merchant) {
        if (!code.link().equals(link)) {
            return Status.REPLACED;
        }
        if (!code.active() || merchant == null || !merchant.active()) {
            return Status.DISABLED;
        }
        return isUsedUp(code) ? Status.LIMIT_REACHED : Status.ACTIVE;
    }

    private boolean isUsedUp(StaticCode code) {
        if (code.perDay() == null) {
            return false;
        }
        var now = clock.instant();
        var taken = codes.takenSince(code.id(), code.startOfDay(now), now);
        return Math.addExact(taken, code.leastMinor()) > code.perDay().minorUnits();
    }

    private List<StaticCodeView.Method> methods(StaticCode code, Merchant merchant, Device device) {
        Map<PaymentMethod, MethodRate> known =
                rates.of(merchant.id(), code.mode(), chargedBy(code)).stream()
                        .collect(Collectors.toMap(MethodRate::method, Function.identity()));
        return ways.of(merchant, code.mode()).stream()
                .map(way -> method(way, device, known.get(way.method())))
                .toList();
    }

    /** Where the payer says how much, the margin of small amounts is shown. */
    private static Money chargedBy(StaticCode code) {
        var fixed = code.fixed();
        return fixed == null ? Money.zero(Currency.of(code.currency())) : fixed;
    }

    private static StaticCodeView.Method method(
            WayToPay way, Device device, @Nullable MethodRate rate) {
        var flows = device.flows(way.method(), way.flows());
        return new StaticCodeView.Method(
                way.method(),
                flows,
                way.health().available() && !flows.isEmpty(),
                rate == null
                        ? null
                        : new StaticCodeView.Rate(
                                rate.yuanPerUnit().stripTrailingZeros().toPlainString(),
                                rate.includesMargin(),
                                rate.asOf(),
                                rate.source()));
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toDecimalString();
    }
}
