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
        var shown = new ArrayList<MethodRate>();
        for (var method : PaymentMethod.values()) {
            var account = channels.accountFor(method, mode).orElse(null);
            if (account == null) {
                continue;
            }
            var converts =
                    channels.ability(account.id(), OffersPayments.class)
                            .filter(OffersPayments::takesMerchantCurrency)
                            .isPresent();
            var sources =
                    converts
                            ? List.of(account.id(), PullRates.OPERATOR, KnownRates.CONFIGURED)
                            : settings.chargeSources();
            rates.fresh(currency.code(), sources)
                    .ifPresent(rate ->
                            shown.add(
                                    new MethodRate(
                                            method,
                                            converts
                                                    ? rate.yuanPerUnit()
                                                    : YuanCharge.withMargin(
                                                            rate.yuanPerUnit(),
                                                            margins.of(
                                                                    merchantId,
                                                                    method,
                                                                    Money.zero(currency))),
                                            !converts,
                                            rate.asOf(),
                                            rate.source())));
        }
        return shown;
    }
}
