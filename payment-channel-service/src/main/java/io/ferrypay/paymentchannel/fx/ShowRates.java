package io.ferrypay.paymentchannel.fx;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * What a merchant may know about rates: for each way to pay, what payers are or will be charged by.
 */
@Service
public class ShowRates {

    private final Channels channels;
    private final KnownRates rates;
    private final RateSettings settings;

    ShowRates(Channels channels, KnownRates rates, RateSettings settings) {
        this.channels = channels;
        this.rates = rates;
        this.settings = settings;
    }

    /**
     * @param includesMargin whether we convert and this is what is charged; else the channel
     *     converts by its own rate and this is about that
     */
    public record MethodRate(
            PaymentMethod method,
            BigDecimal yuanPerUnit,
            boolean includesMargin,
            Instant asOf,
            String source) {}

    /** Ways to pay without a fresh rate are left out. */
    public List<MethodRate> of(String currency, Mode mode) {
        var shown = new ArrayList<MethodRate>();
        for (var method : PaymentMethod.values()) {
            var basis = basis(method, mode).orElse(null);
            if (basis == null) {
                continue;
            }
            rates.fresh(currency, basis.sources())
                    .ifPresent(rate ->
                            shown.add(
                                    new MethodRate(
                                            method,
                                            shown(rate.yuanPerUnit(), basis),
                                            basis.includesMargin(),
                                            rate.asOf(),
                                            rate.source())));
        }
        return shown;
    }

    /**
     * What a way to pay goes by: the first of these sources that has a fresh rate.
     *
     * @param includesMargin whether we convert, and add our margin
     */
    record Basis(List<String> sources, boolean includesMargin) {}

    /** Empty for a way to pay that nobody takes in this mode. */
    Optional<Basis> basis(PaymentMethod method, Mode mode) {
        return channels.accountFor(method, mode)
                .map(account ->
                        channels.ability(account.id(), OffersPayments.class)
                                        .filter(OffersPayments::takesMerchantCurrency)
                                        .isPresent()
                                ? new Basis(
                                        List.of(
                                                account.id(),
                                                PullRates.OPERATOR,
                                                KnownRates.CONFIGURED),
                                        false)
                                : new Basis(settings.chargeSources(), true));
    }

    /** A source's rate as payers meet it. */
    BigDecimal shown(BigDecimal yuanPerUnit, Basis basis) {
        return basis.includesMargin()
                ? YuanCharge.withMargin(yuanPerUnit, settings.margin())
                : yuanPerUnit;
    }
}
