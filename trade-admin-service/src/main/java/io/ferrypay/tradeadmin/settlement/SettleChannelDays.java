package io.ferrypay.tradeadmin.settlement;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.Calendars.WorkingDays;
import io.ferrypay.tradeadmin.settlement.KeepReserves.Reserves;
import io.ferrypay.tradeadmin.settlement.SettlementSettings.Gate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes available what is due: payments of days that are far enough back by their merchant's terms,
 * and, where that is asked for, reconciled. A merchant and currency is one transaction, so a run
 * that was cut off is simply run again, and what is settled is never settled twice.
 */
@Service
public class SettleChannelDays {

    private static final Logger log = LoggerFactory.getLogger(SettleChannelDays.class);

    /** Between a payment and the day it is available; covers the longest terms and holidays. */
    private static final int FARTHEST_DAYS = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Calendars calendars;
    private final Terms.Agreed terms;
    private final Reserves reserves;
    private final SettlementEvents events;
    private final SettlementSettings settings;
    private final Clock clock;

    SettleChannelDays(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Calendars calendars,
            Terms.Agreed terms,
            Reserves reserves,
            SettlementEvents events,
            SettlementSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.calendars = calendars;
        this.terms = terms;
        this.reserves = reserves;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What one run did.
     *
     * @param examined merchants and currencies with something that was not settled
     * @param changed of these, settled
     * @param unknown of these, left alone because nobody can say when they are due
     * @param problems why
     */
    public record Settled(int examined, int changed, int unknown, List<String> problems) {}

    private record Open(String book, String merchantId, String currency) {}

    public Settled run() {
        return run(LocalDate.now(clock.withZone(settings.zone())));
    }

    /**
     * @param today where banks open
     */
    public Settled run(LocalDate today) {
        return run(today, settings.reconciliationGate());
    }

    public Settled run(LocalDate today, Gate gate) {
        var days = calendars.read();
        var changed = 0;
        var problems = new ArrayList<String>();
        release(today);
        var open = open();
        for (var one : open) {
            try {
                var upTo = lastDue(days, terms.of(one.merchantId(), one.currency()), today);
                changed += upTo.isPresent() && settle(one, upTo.get(), today, gate) ? 1 : 0;
            } catch (YearUnknown e) {
                problems.add(problem(one, e));
            }
        }
        if (!problems.isEmpty()) {
            log.error("{} could not be settled, such as {}", problems.size(), problems.getFirst());
        }
        return new Settled(open.size(), changed, problems.size(), problems);
    }

    /**
     * Makes all of a merchant's play money available now, whatever its terms: so that what comes
     * after can be tried out.
     *
     * @return how many currencies had some
     */
    public int settlePlayMoney(String merchantId) {
        var today = LocalDate.now(clock.withZone(settings.zone()));
        var changed = 0;
        for (var one : open()) {
            if (one.book().equals(Book.TEST.wireName()) && one.merchantId().equals(merchantId)) {
                changed += settle(one, today, today, Gate.NOT_ENFORCED) ? 1 : 0;
            }
        }
        return changed;
    }

    /** Whose money waits because nobody can say when it is due, and why; as of today. */
    public List<String> problems() {
        var days = calendars.read();
        var today = LocalDate.now(clock.withZone(settings.zone()));
        var problems = new ArrayList<String>();
        for (var one : open()) {
            try {
                lastDue(days, terms.of(one.merchantId(), one.currency()), today);
            } catch (YearUnknown e) {
                problems.add(problem(one, e));
            }
        }
        return problems;
    }

    private static String problem(Open one, YearUnknown why) {
        return one.merchantId() + " " + one.currency() + ": " + why.getMessage();
    }

    private List<Open> open() {
        return jdbc.sql(
                        """
                        select distinct book, merchant_id, currency from payment_position
                         where settlement_id is null and day is not null
                         order by book, merchant_id, currency
                        """)
                .query((row, _) -> new Open(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** The last day whose payments are available today. Later days are never due earlier. */
    private static Optional<LocalDate> lastDue(WorkingDays days, Terms terms, LocalDate today) {
        // Today's own year is asked first: where it is not known, no answer is right.
        days.isWorked(today, terms.calendars());
        for (var day = today; day.isAfter(today.minusDays(FARTHEST_DAYS)); day = day.minusDays(1)) {
            if (isDue(days, terms, day, today)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /** Looks no farther than today: what the next year brings does not matter for it. */
    private static boolean isDue(WorkingDays days, Terms terms, LocalDate paid, LocalDate today) {
        var worked = 0;
        var from = terms.workingDays() == 0 ? paid : paid.plusDays(1);
        for (var day = from; !day.isAfter(today); day = day.plusDays(1)) {
            worked += days.isWorked(day, terms.calendars()) ? 1 : 0;
        }
        return worked >= Math.max(1, terms.workingDays());
    }

    private record Sums(
            long payments,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            long gross,
            long fees,
            long refunds) {}

    /** What was kept long enough is available again, merchant by merchant. */
    private void release(LocalDate today) {
        for (var due : reserves.due(today)) {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("select 1 from book where id = ? for no key update")
                        .param(due.book())
                        .query(Integer.class)
                        .single();
                reserves.release(due, today, clock.instant().truncatedTo(ChronoUnit.MICROS));
            });
        }
    }

    private boolean settle(Open one, LocalDate upTo, LocalDate today, Gate gate) {
        return Boolean.TRUE.equals(
                transactions.execute(_ -> {
                    // In the order of everybody who books: the book, positions, balances.
                    jdbc.sql("select 1 from book where id = ? for no key update")
                            .param(one.book())
                            .query(Integer.class)
                            .single();
                    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                    var id = "stl_" + UlidCreator.getUlid(now.toEpochMilli());
                    var gated = gate == Gate.ENFORCED;
                    var sums = move(one, upTo, id, gated);
                    if (sums.payments() == 0) {
                        return false;
                    }
                    jdbc.sql(
                                    """
                                    insert into settlement
                                    select ?, book, merchant_id, currency, ?, ?, ?,
                                           available_minor + reserved_minor - net, ?, ?, ?, net,
                                           available_minor + reserved_minor, ?, ?
                                      from merchant_balance, cast(? as bigint) net
                                     where book = ? and merchant_id = ? and currency = ?
                                    """)
                            .params(
                                    id,
                                    Objects.requireNonNull(sums.first()),
                                    Objects.requireNonNull(sums.last()),
                                    sums.payments(),
                                    sums.gross(),
                                    sums.fees(),
                                    sums.refunds(),
                                    gated,
                                    Timestamp.from(now),
                                    sums.gross() - sums.fees() - sums.refunds(),
                                    one.book(),
                                    one.merchantId(),
                                    one.currency())
                            .update();
                    reserves.keep(
                            id,
                            one.book(),
                            one.merchantId(),
                            one.currency(),
                            sums.gross() - sums.fees() - sums.refunds(),
                            now,
                            today);
                    events.available(id, one.book(), one.merchantId());
                    return true;
                }));
    }

    private Sums move(Open one, LocalDate upTo, String id, boolean gated) {
        return jdbc.sql(
                        """
                        with moved as (
                            update payment_position p set settlement_id = :id
                             where book = :book and merchant_id = :merchant and currency = :currency
                               and settlement_id is null and day <= :upTo
                               and (not :gated or exists (
                                    select 1 from reconciled_day r
                                     where r.book = p.book and r.channel = p.channel and r.day = p.day))
                            returning day, amount_minor, fee_minor - fee_returned_minor as fee, refunded_minor)
                        select count(*), min(day), max(day), coalesce(sum(amount_minor), 0)::bigint,
                               coalesce(sum(fee), 0)::bigint, coalesce(sum(refunded_minor), 0)::bigint
                          from moved
                        """)
                .param("id", id)
                .param("book", one.book())
                .param("merchant", one.merchantId())
                .param("currency", one.currency())
                .param("upTo", upTo)
                .param("gated", gated)
                .query((row, _) ->
                        new Sums(
                                row.getLong(1),
                                row.getObject(2, LocalDate.class),
                                row.getObject(3, LocalDate.class),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)))
                .single();
    }
}
