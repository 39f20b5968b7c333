package io.ferrypay.tradeadmin.withdrawal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule.Every;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule.Status;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The schedules of a merchant: in each currency one at most, since two would want the same money.
 */
@Service
public class KeepSchedules {

    private final Schedules schedules;
    private final BankAccounts accounts;
    private final WithdrawalSettings settings;
    private final Clock clock;

    KeepSchedules(
            Schedules schedules, BankAccounts accounts, WithdrawalSettings settings, Clock clock) {
        this.schedules = schedules;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a merchant wants; see {@link WithdrawalSchedule}. */
    public record Wanted(
            Book book,
            String merchantId,
            String bankAccountId,
            Every every,
            @Nullable DayOfWeek weekday,
            @Nullable Integer monthDay,
            @Nullable Money above,
            Money keep,
            String reference) {}

    /**
     * A day of a schedule: one of the two says what came of it.
     *
     * @param skipped why there was no withdrawal, as a stable code
     */
    public record Run(LocalDate on, @Nullable String withdrawalId, @Nullable String skipped) {}

    /**
     * Its first day is tomorrow at the earliest.
     *
     * @throws ApiException {@code bank_account_unknown}, {@code bank_account_not_usable}, {@code
     *     schedule_exists}
     */
    @Transactional
    public WithdrawalSchedule add(Wanted wanted) {
        var account =
                accounts.findForUse(wanted.book(), wanted.merchantId(), wanted.bankAccountId())
                        .filter(found -> !found.status().equals("removed"))
                        .orElseThrow(() -> ApiException.of(WithdrawalProblems.ACCOUNT_UNKNOWN));
        if (!account.currency().equals(wanted.keep().currency().code())) {
            throw ApiException.of(
                    WithdrawalProblems.ACCOUNT_NOT_USABLE,
                    "It is an account in " + account.currency() + ".");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var schedule =
                new WithdrawalSchedule(
                        "ws_" + UlidCreator.getUlid(now.toEpochMilli()),
                        wanted.book(),
                        wanted.merchantId(),
                        wanted.bankAccountId(),
                        wanted.every(),
                        wanted.weekday(),
                        wanted.monthDay(),
                        wanted.above(),
                        wanted.keep(),
                        wanted.reference(),
                        Status.ACTIVE,
                        WithdrawalSchedule.firstFrom(
                                today().plusDays(1),
                                wanted.every(),
                                wanted.weekday(),
                                wanted.monthDay()),
                        now,
                        now);
        if (!schedules.add(schedule)) {
            throw ApiException.of(WithdrawalProblems.SCHEDULE_EXISTS);
        }
        return schedule;
    }

    /** Nothing is withdrawn until it is resumed; what was missed then is not made up for. */
    @Transactional
    public WithdrawalSchedule pause(Book book, String merchantId, String id) {
        return move(book, merchantId, id, Status.PAUSED);
    }

    @Transactional
    public WithdrawalSchedule resume(Book book, String merchantId, String id) {
        return move(book, merchantId, id, Status.ACTIVE);
    }

    /** For good. */
    @Transactional
    public WithdrawalSchedule end(Book book, String merchantId, String id) {
        return move(book, merchantId, id, Status.ENDED);
    }

    private WithdrawalSchedule move(Book book, String merchantId, String id, Status next) {
        var known = get(book, merchantId, id);
        if (known.status() == next) {
            return known;
        }
        if (!schedules.move(id, next, known.firstAfter(today()), clock.instant())) {
            throw ApiException.of(WithdrawalProblems.SCHEDULE_ENDED);
        }
        return get(book, merchantId, id);
    }

    private WithdrawalSchedule get(Book book, String merchantId, String id) {
        return find(book, merchantId, id)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.zone());
    }

    public Optional<WithdrawalSchedule> find(Book book, String merchantId, String id) {
        return schedules.find(book, merchantId, id);
    }

    /** Those that are not over. */
    public List<WithdrawalSchedule> list(Book book, String merchantId) {
        return schedules.list(book, merchantId);
    }

    /** What came of its last days, the newest first. */
    public List<Run> runs(WithdrawalSchedule schedule, int limit) {
        return schedules.runs(schedule.id(), limit);
    }
}
