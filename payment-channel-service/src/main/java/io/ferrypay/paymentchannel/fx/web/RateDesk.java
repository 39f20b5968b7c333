package io.ferrypay.paymentchannel.fx.web;

import io.ferrypay.money.Currency;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.fx.KnownRate;
import io.ferrypay.paymentchannel.fx.PullRates;
import io.ferrypay.problem.ApiException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What job-service and our own people order about rates. */
@RestController
class RateDesk {

    private static final Pattern RATE = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,8})?");

    private final PullRates pullRates;

    RateDesk(PullRates pullRates) {
        this.pullRates = pullRates;
    }

    @PostMapping(path = "/internal/jobs/pull-fx-rates", produces = MediaType.APPLICATION_JSON_VALUE)
    PullRates.Pulled pull() {
        return pullRates.pull();
    }

    /** Yuan for one unit of the currency, as our own people know it. */
    @PutMapping(
            path = "/internal/fx/rates/{currency}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    KnownRate tell(@PathVariable String currency, @RequestBody OperatorRate request) {
        try {
            Currency.of(currency);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid("/currency", "unknown_currency", "is not one we know");
        }
        var rate = request.yuanPerUnit();
        if (rate == null || !RATE.matcher(rate).matches() || new BigDecimal(rate).signum() == 0) {
            throw ApiException.invalid(
                    "/yuan_per_unit", "wrong_format", "must be a positive decimal string");
        }
        return pullRates.tell(
                currency, new BigDecimal(rate), Boolean.TRUE.equals(request.evenIfFar()));
    }

    /**
     * @param evenIfFar true for one that is meant although it is far from the last one
     */
    record OperatorRate(@Nullable String yuanPerUnit, @Nullable Boolean evenIfFar) {}
}
