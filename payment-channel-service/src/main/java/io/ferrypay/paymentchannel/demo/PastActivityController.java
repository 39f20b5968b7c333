package io.ferrypay.paymentchannel.demo;

import io.ferrypay.identity.ForServices;
import io.ferrypay.problem.ApiException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What {@code ./ferry demo --data} orders, day by day. */
@RestController
@ForServices("job-service")
@ConditionalOnProperty("ferry.demo.past-activity")
class PastActivityController {

    private static final int MOST_PAYMENTS = 1_000;
    private static final int MOST_DAYS = 366;

    private final PastActivity activity;
    private final OnlyPretended pretended;
    private final Clock clock;

    PastActivityController(PastActivity activity, OnlyPretended pretended, Clock clock) {
        this.activity = activity;
        this.pretended = pretended;
        this.clock = clock;
    }

    record Wish(
            @Nullable String merchantId,
            @Nullable Long seed,
            @Nullable Integer payments,
            @Nullable List<String> staticCodes,
            @Nullable String notifyUrl) {}

    @PostMapping(
            path = "/internal/demo/past-days/{date}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PastActivity.Day write(@PathVariable String date, @RequestBody Wish wish) {
        var day = day(date);
        if (wish.merchantId() == null || wish.seed() == null || wish.payments() == null) {
            throw ApiException.invalid("", "required", "needs merchant_id, seed and payments");
        }
        if (wish.payments() < 1 || wish.payments() > MOST_PAYMENTS) {
            throw ApiException.invalid(
                    "/payments", "out_of_range", "must be from 1 to " + MOST_PAYMENTS);
        }
        pretended.require();
        return activity.write(
                wish.merchantId(),
                day,
                wish.seed(),
                wish.payments(),
                wish.staticCodes() == null ? List.of() : wish.staticCodes(),
                wish.notifyUrl());
    }

    private LocalDate day(String text) {
        var day = parsed(text);
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Pacific/Auckland"));
        if (day != null && day.isBefore(today) && day.isAfter(today.minusDays(MOST_DAYS))) {
            return day;
        }
        throw ApiException.invalid("/date", "out_of_range", "must be a day of the last year");
    }

    /** Null if it is no day. */
    static @Nullable LocalDate parsed(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
