package io.ferrypay.reconcile.convert;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads single values. What is not plainly right is refused, with the column to blame. */
final class Values {

    /** The Chinese calendar has had no daylight saving since 1991. */
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    /** Longer than any channel's. */
    private static final int MOST_REFERENCE = 64;

    private static final int MOST_WHOLE_DIGITS = 12;
    private static final int MOST_DECIMALS = 8;

    /** A time outside of them is a mistake. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 2100;
    private static final int RATE_SCALE = 8;

    /** How a file writes amounts. */
    enum Unit {
        /** {@code 12.50}, decimals always written. */
        WHOLE,
        /** {@code 1250}. */
        MINOR
    }

    private Values() {}

    /** Printable ASCII; null when empty. */
    static @Nullable String reference(Row row, int column) throws BadField {
        var text = row.get(column);
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > MOST_REFERENCE) {
            throw new BadField(BadLine.Reason.WRONG_REFERENCE, column);
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                throw new BadField(BadLine.Reason.WRONG_REFERENCE, column);
            }
        }
        return text;
    }

    static String required(Row row, int column) throws BadField {
        var reference = reference(row, column);
        if (reference == null) {
            throw new BadField(BadLine.Reason.WRONG_REFERENCE, column);
        }
        return reference;
    }

    static Currency currency(Row row, int column) throws BadField {
        try {
            return Currency.of(row.get(column));
        } catch (UnknownCurrency _) {
            throw new BadField(BadLine.Reason.WRONG_CURRENCY, column);
        }
    }

    /** In minor units; zero or more. */
    static long amount(Row row, int column, Currency currency, Unit unit) throws BadField {
        return minor(row.get(column), column, currency, unit);
    }

    /** The same without its sign: some files write refunds below zero, some do not. */
    static long unsignedAmount(Row row, int column, Currency currency, Unit unit) throws BadField {
        var text = row.get(column);
        return minor(text.startsWith("-") ? text.substring(1) : text, column, currency, unit);
    }

    static @Nullable Long optionalAmount(Row row, int column, Currency currency, Unit unit)
            throws BadField {
        return row.get(column).isEmpty() ? null : unsignedAmount(row, column, currency, unit);
    }

    /**
     * No digit may be missing or too many: that is how a file in another unit than the one taken
     * for it shows up as bad lines instead of as a hundredfold of the money.
     */
    private static long minor(String text, int column, Currency currency, Unit unit)
            throws BadField {
        int decimals = unit == Unit.WHOLE ? currency.exponent() : 0;
        int length = text.length();
        int point = text.indexOf('.');
        boolean zero = text.equals("0");
        boolean fits =
                zero
                        || (length > 0
                                && length <= Money.MOST_DIGITS + 1
                                && (decimals == 0
                                        ? point < 0
                                        : point > 0 && length - point - 1 == decimals));
        // A currency without decimals may still be written with noughts.
        if (!fits && decimals == 0 && unit == Unit.WHOLE && text.endsWith(".00")) {
            return minor(text.substring(0, length - ".00".length()), column, currency, unit);
        }
        if (!fits) {
            throw new BadField(BadLine.Reason.WRONG_AMOUNT, column);
        }
        long minor = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (i == point) {
                continue;
            }
            if (c < '0' || c > '9' || ++digits > Money.MOST_DIGITS) {
                throw new BadField(BadLine.Reason.WRONG_AMOUNT, column);
            }
            minor = minor * 10 + (c - '0');
        }
        return minor;
    }

    /** A fee in whole units, with as many decimals as it is written with; null when empty. */
    static @Nullable BigDecimal fee(Row row, int column, Currency currency, Unit unit)
            throws BadField {
        var text = row.get(column);
        if (text.isEmpty()) {
            return null;
        }
        var fee = decimal(text, column, BadLine.Reason.WRONG_AMOUNT);
        if (unit == Unit.MINOR) {
            if (fee.scale() > 0) {
                throw new BadField(BadLine.Reason.WRONG_AMOUNT, column);
            }
            return fee.movePointLeft(currency.exponent());
        }
        return fee;
    }

    /**
     * @param scaled whether a whole number means so many hundred-millionths
     */
    static @Nullable BigDecimal rate(Row row, int column, boolean scaled) throws BadField {
        var text = row.get(column);
        if (text.isEmpty() || text.equals("0")) {
            return null;
        }
        var rate = decimal(text, column, BadLine.Reason.WRONG_RATE);
        return scaled && rate.scale() == 0 ? rate.movePointLeft(RATE_SCALE) : rate;
    }

    private static BigDecimal decimal(String text, int column, BadLine.Reason reason)
            throws BadField {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if ((c < '0' || c > '9') && !(c == '-' && i == 0)) {
                throw new BadField(reason, column);
            }
        }
        int point = text.indexOf('.');
        int whole = (point < 0 ? text.length() : point) - (text.startsWith("-") ? 1 : 0);
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (points > 1
                || whole < 1
                || whole > MOST_WHOLE_DIGITS
                || decimals > MOST_DECIMALS
                || text.endsWith(".")) {
            throw new BadField(reason, column);
        }
        return new BigDecimal(text);
    }

    /**
     * {@code 2026-11-24 09:30:00} or {@code 20261124093000}, in Beijing, or ISO 8601 with an
     * offset; null when empty.
     */
    static @Nullable Instant time(Row row, int column) throws BadField {
        var text = row.get(column);
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.length() == 14) {
                return moment(
                        digits(text, 0, 4),
                        digits(text, 4, 6),
                        digits(text, 6, 8),
                        digits(text, 8, 10),
                        digits(text, 10, 12),
                        digits(text, 12, 14));
            }
            if (text.length() == 19
                    && text.charAt(4) == '-'
                    && text.charAt(7) == '-'
                    && text.charAt(10) == ' '
                    && text.charAt(13) == ':'
                    && text.charAt(16) == ':') {
                return moment(
                        digits(text, 0, 4),
                        digits(text, 5, 7),
                        digits(text, 8, 10),
                        digits(text, 11, 13),
                        digits(text, 14, 16),
                        digits(text, 17, 19));
            }
            var time = OffsetDateTime.parse(text);
            return plausible(time.getYear(), time.toInstant());
        } catch (DateTimeException _) {
            throw new BadField(BadLine.Reason.WRONG_TIME, column);
        }
    }

    private static Instant moment(int year, int month, int day, int hour, int minute, int second) {
        return plausible(
                year, LocalDateTime.of(year, month, day, hour, minute, second).toInstant(BEIJING));
    }

    private static Instant plausible(int year, Instant time) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
