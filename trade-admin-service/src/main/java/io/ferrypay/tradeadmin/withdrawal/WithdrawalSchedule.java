package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Money that a merchant wants sent to its bank again and again, without asking each time. It counts
 * days by the calendar; what falls on a day without banks is done on the first working day after
 * it, and days that were missed are made up for once.
 *
 * @param weekday of {@link Every#WEEK} only
 * @param monthDay of {@link Every#MONTH} only; a shorter month has it on its last day
 * @param above only if more than that may be withdrawn; null for whatever there is
 * @param keep what stays available
 * @param nextOn the next day by the calendar
 */
public record WithdrawalSchedule(
        String id,
        Book book,
        String merchantId,
        String bankAccountId,
        Every every,
        @Nullable DayOfWeek weekday,
        @Nullable Integer monthDay,
        @Nullable Money above,
        Money keep,
        String reference,
        Status status,
        LocalDate nextOn,
        Instant createdAt,
        Instant changedAt) {

    /** How often. */
    public enum Every {
        DAY,
        WEEK,
        MONTH;

        /** The name on the wire and in tables. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Every of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether it is run. */
    public enum Status {
        ACTIVE,
        PAUSED,
        /** For good. */
        ENDED;

        /** The name on the wire and in tables. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** The first of its days that is not before another one. */
    static LocalDate firstFrom(
            LocalDate from, Every every, @Nullable DayOfWeek weekday, @Nullable Integer monthDay) {
        return switch (every) {
            case DAY -> from;
            case WEEK -> {
                var wanted = Objects.requireNonNull(weekday);
                yield from.plusDays(
                        Math.floorMod(wanted.getValue() - from.getDayOfWeek().getValue(), 7));
            }
            case MONTH -> {
                var wanted = Objects.requireNonNull(monthDay);
                var here = dayOf(YearMonth.from(from), wanted);
                yield here.isBefore(from)
                        ? dayOf(YearMonth.from(from).plusMonths(1), wanted)
                        : here;
            }
        };
    }

    private static LocalDate dayOf(YearMonth month, int wanted) {
        return month.atDay(Math.min(wanted, month.lengthOfMonth()));
    }

    /** Its first day after another one. */
    LocalDate firstAfter(LocalDate day) {
        return firstFrom(day.plusDays(1), every, weekday, monthDay);
    }
}
