package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.BankingDays;
import io.ferrypay.tradeadmin.withdrawal.WithdrawMoney.Wanted;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for what schedules say is due, on working days after an hour of the day: the withdrawal, the
 * day it was for, and the schedule's next day are one transaction, so a day has one withdrawal at
 * most, whoever runs it and however often. The limits and approvals are those of withdrawals by
 * hand.
 */
@Service
public class RunSchedules {

    private static final Logger log = LoggerFactory.getLogger(RunSchedules.class);
    private static final int STEP = 200;
    private static final String NOTHING = "nothing_to_withdraw";

    private final Schedules schedules;
    private final Withdrawals withdrawals;
    private final WithdrawMoney withdraw;
    private final BankingDays days;
    private final Outbox outbox;
    private final JsonMapper json;
    private final TransactionTemplate transactions;
    private final WithdrawalSettings settings;
    private final Clock clock;

    RunSchedules(
            Schedules schedules,
            Withdrawals withdrawals,
            WithdrawMoney withdraw,
            BankingDays days,
            Outbox outbox,
            JsonMapper json,
            TransactionTemplate transactions,
            WithdrawalSettings settings,
            Clock clock) {
        this.schedules = schedules;
        this.withdrawals = withdrawals;
        this.withdraw = withdraw;
        this.days = days;
        this.outbox = outbox;
        this.json = json;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a run did.
     *
     * @param examined schedules it was time for
     * @param changed of these, with a withdrawal
     * @param unknown of these, left to the next run because something failed
     */
    public record Progress(int examined, int changed, int unknown) {}

    /** On a working day from {@code ferry.withdrawals.schedules-at} on; before it, nothing. */
    public Progress run() {
        var local = clock.instant().atZone(settings.zone());
        if (local.toLocalTime().isBefore(settings.schedulesAt())
                || !days.isWorked(local.toLocalDate())) {
            return new Progress(0, 0, 0);
        }
        return run(local.toLocalDate());
    }

    /**
     * @param today a working day
     */
    public Progress run(LocalDate today) {
        var examined = 0;
        var changed = 0;
        var unknown = 0;
        var due = schedules.due(today, "", STEP);
        while (!due.isEmpty()) {
            for (var id : due) {
                examined++;
                try {
                    changed += run(id, today) ? 1 : 0;
                } catch (RuntimeException e) {
                    unknown++;
                    log.error("{} could not be run", id, e);
                }
            }
            due = schedules.due(today, due.getLast(), STEP);
        }
        return new Progress(examined, changed, unknown);
    }

    private boolean run(String id, LocalDate today) {
        try {
            return Boolean.TRUE.equals(transactions.execute(_ -> take(id, today)));
        } catch (ApiException refused) {
            // What was begun is undone; that it was refused is told.
            transactions.executeWithoutResult(_ ->
                    schedules
                            .lockDue(id, today)
                            .ifPresent(one -> skip(one, today, refused.code().code())));
            return false;
        }
    }

    private boolean take(String id, LocalDate today) {
        var one = schedules.lockDue(id, today).orElse(null);
        if (one == null) {
            return false;
        }
        if (schedules.hasRun(id, today)) {
            schedules.ran(one, today, null, NOTHING, clock.instant());
            return false;
        }
        var now = clock.instant();
        var amount = amount(one, today, now);
        if (amount == null) {
            return false;
        }
        var withdrawal =
                withdraw.take(
                        new Wanted(
                                one.book(),
                                one.merchantId(),
                                amount,
                                one.bankAccountId(),
                                one.reference(),
                                // No caller's key has a space in it.
                                one.id() + " " + today,
                                ""));
        schedules.ran(one, today, withdrawal.id(), null, now);
        return true;
    }

    /** Null where nothing is due, which is then noted and told. */
    private @Nullable Money amount(WithdrawalSchedule one, LocalDate today, Instant now) {
        var currency = one.keep().currency();
        var there = withdrawals.lockWithdrawable(one.book(), one.merchantId(), currency);
        var above = one.above();
        if (above != null && there <= above.minorUnits()) {
            skip(one, today, "not_above_threshold");
            return null;
        }
        var asked = withdraw.askedToday(one.book(), one.merchantId(), currency, now);
        var ofTheDay = settings.mostADay().movePointRight(currency.exponent()).longValue() - asked;
        var amount = new Money(Math.min(there - one.keep().minorUnits(), ofTheDay), currency);
        if (amount.toDecimal().compareTo(settings.least()) < 0) {
            skip(
                    one,
                    today,
                    ofTheDay < there - one.keep().minorUnits() ? "daily_limit_exceeded" : NOTHING);
            return null;
        }
        return amount;
    }

    private void skip(WithdrawalSchedule one, LocalDate today, String why) {
        if (!schedules.ran(one, today, null, why, clock.instant())) {
            return;
        }
        var data = json.createObjectNode();
        data.put("merchant_id", one.merchantId());
        data.put("livemode", one.book() == Book.LIVE);
        data.putObject("object")
                .put("object", "withdrawal_schedule_run")
                .put("schedule", one.id())
                .put("on", today.toString())
                .put("currency", one.keep().currency().code())
                .put("skipped", why);
        data.putNull("previous");
        outbox.append(
                Event.of(
                        "withdrawal_schedule.skipped",
                        one.id(),
                        today.toEpochDay(),
                        clock.instant(),
                        data));
    }
}
