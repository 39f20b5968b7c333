package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.payment.FindPayments.AmountRange;
import io.ferrypay.paymentchannel.payment.FindPayments.Filter;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/** The query of a list, as it came. */
@NamedInterface("web")
public final class PaymentListQuery {

    public static final int DEFAULT_LIMIT = 20;
    public static final int LARGEST_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final Pattern STATIC_CODE = Pattern.compile("sc_[0-9A-Z]{26}");
    private static final Pattern CURSOR = Pattern.compile("1:(pay_[0-9A-Z]{26})");

    private PaymentListQuery() {}

    /**
     * @param currency in which amounts are
     * @throws io.ferrypay.problem.ApiException {@code invalid_request}
     */
    public static Filter parse(
            @Nullable String limit,
            @Nullable String cursor,
            @Nullable String status,
            @Nullable String createdGte,
            @Nullable String createdLt,
            @Nullable String merchantReference,
            @Nullable String staticCode,
            @Nullable String amountGte,
            @Nullable String amountLte,
            String currency) {
        var found = new Violations();
        var filter =
                new Filter(
                        number("limit", limit, DEFAULT_LIMIT, 1, LARGEST_LIMIT, found),
                        before(cursor, CURSOR, found),
                        status(status, found),
                        time("created_gte", createdGte, found),
                        time("created_lt", createdLt, found),
                        merchantReference,
                        staticCode,
                        amounts(amountGte, amountLte, currency, found));
        if (staticCode != null && !STATIC_CODE.matcher(staticCode).matches()) {
            found.add("static_code", "wrong_format", "is not the id of a static code");
        }
        if (merchantReference != null && !REFERENCE.matcher(merchantReference).matches()) {
            found.add("merchant_reference", "wrong_format", "is not a merchant_reference");
        }
        found.refuseIfAny();
        return filter;
    }

    /** A range of amounts of a query; in it what is wrong is added to {@code found}. */
    public static AmountRange amounts(
            @Nullable String least, @Nullable String most, String currency, Violations found) {
        var all = AmountRange.ALL;
        return new AmountRange(
                amount("amount_gte", least, all.least(), currency, found),
                amount("amount_lte", most, all.most(), currency, found));
    }

    private static long amount(
            String name, @Nullable String text, long otherwise, String currency, Violations found) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Money.parse(text, currency).minorUnits();
        } catch (InvalidAmount e) {
            found.add(name, "wrong_format", String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    public static String cursor(String lastId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1:" + lastId).getBytes(StandardCharsets.US_ASCII));
    }

    /** A whole number of a query. */
    public static int number(
            String name,
            @Nullable String text,
            int otherwise,
            int least,
            int most,
            Violations found) {
        if (text == null) {
            return otherwise;
        }
        if (NUMBER.matcher(text).matches()) {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        found.add(name, "out_of_range", "must be a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** The id in a cursor of ours. */
    public static @Nullable String before(
            @Nullable String cursor, Pattern allowed, Violations found) {
        if (cursor == null) {
            return null;
        }
        try {
            var text =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
            var matcher = allowed.matcher(text);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        } catch (IllegalArgumentException _) {
            // Not even base64: refused like any other text that is no cursor of ours.
        }
        found.add("cursor", "wrong_format", "is not a cursor from next_cursor");
        return null;
    }

    private static @Nullable PaymentStatus status(@Nullable String name, Violations found) {
        if (name == null) {
            return null;
        }
        var status =
                Arrays.stream(PaymentStatus.values())
                        .filter(value -> value.wireName().equals(name))
                        .findFirst()
                        .orElse(null);
        if (status == null) {
            found.add("status", "not_allowed", "is not a status of payments");
        }
        return status;
    }

    public static @Nullable Instant time(String name, @Nullable String text, Violations found) {
        if (text == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (time.isAfter(Instant.EPOCH)
                    && time.isBefore(Instant.parse("9000-01-01T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeParseException _) {
            // Refused below.
        }
        found.add(name, "wrong_format", "must be a time such as 2026-11-23T06:09:16Z");
        return null;
    }
}
