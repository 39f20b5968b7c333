package io.ferrypay.paymentchannel.fx;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What a merchant may know about rates: for each way to pay, what payers are or will be charged by.
 */
@Service
public class ShowRates {

    private final Channels channels;
    private final KnownRates rates;
    private final Margins margins;
    private final RateSettings settings;

    ShowRates(Channels channels, KnownRates rates, Margins margins, RateSettings settings) {
        this.channels = channels;
        this.rates = rates;
        this.margins = margins;
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

    /**
     * Ways to pay without a fresh rate are left out. Where the margin depends on the amount, that
     * of small amounts is in it.
     */
    public List<MethodRate> of(String merchantId, Mode mode, Currency currency) {
        return of(merchantId, mode, Money.zero(currency));
    }

    /** As payers of this amount are charged. Ways to pay without a fresh rate are left out. */
    public List<MethodRate> of(String merchantId, Mode mode, Money amount) {
        var currency = amount.currency();
        var shown = new ArrayList<MethodRate>();
        for (var method : PaymentMethod.values()) {
            basis(merchantId, method, mode, amount)
                    .flatMap(basis ->
                            rates.fresh(currency.code(), basis.sources())
                                    .map(rate ->
                                            new MethodRate(
                                                    method,
                                                    basis.shown(rate.yuanPerUnit()),
                                                    basis.includesMargin(),
                                                    rate.asOf(),
                                                    rate.source())))
                    .ifPresent(shown::add);
        }
        return shown;
    }

    /**
     * What a way to pay goes by: the first of these sources that has a fresh rate.
     *
     * @param margin ours, where we convert; null where the channel does, by its own rate
     */
    record Basis(List<String> sources, @Nullable BigDecimal margin) {

        boolean includesMargin() {
            return margin != null;
        }

        /** A source's rate as payers meet it. */
        BigDecimal shown(BigDecimal yuanPerUnit) {
            return margin == null ? yuanPerUnit : YuanCharge.withMargin(yuanPerUnit, margin);
        }
    }

    /** Empty for a way to pay that nobody takes in this mode. */
    Optional<Basis> basis(String merchantId, PaymentMethod method, Mode mode, Money amount) {
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
                                        null)
                                : new Basis(
                                        settings.chargeSources(),
                                        margins.of(merchantId, method, amount)));
    }
}
