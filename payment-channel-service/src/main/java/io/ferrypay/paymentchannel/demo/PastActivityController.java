package io.ferrypay.paymentchannel.demo;

import io.ferrypay.identity.ForServices;
import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
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

    private static final ProblemCode LIVE_ACCOUNTS =
            ProblemCode.of("live_accounts", 409, "Here is real money: nothing is made up");

    private final PastActivity activity;
    private final Channels channels;
    private final Clock clock;

    PastActivityController(PastActivity activity, Channels channels, Clock clock) {
        this.activity = activity;
        this.channels = channels;
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
        if (channels.accounts().stream().anyMatch(account -> account.mode() == Mode.LIVE)) {
            throw ApiException.of(LIVE_ACCOUNTS);
        }
        return activity.write(
                wish.merchantId(),
                day,
                wish.seed(),
                wish.payments(),
                wish.staticCodes() == null ? List.of() : wish.staticCodes(),
                wish.notifyUrl());
    }

    private LocalDate day(String text) {
        try {
            var day = LocalDate.parse(text);
            var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Pacific/Auckland"));
            if (day.isBefore(today) && day.isAfter(today.minusDays(MOST_DAYS))) {
                return day;
            }
        } catch (DateTimeParseException _) {
            // Refused below.
        }
        throw ApiException.invalid("/date", "out_of_range", "must be a day of the last year");
    }
}
