package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.tradeadmin.ledger.FeeSchedule.Fee;
import io.ferrypay.tradeadmin.ledger.FeeSchedule.Paid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Books what the payments feed tells, with the fees that are due for it, in the transaction that
 * moves the feed's cursor; and notes beside it what was told, and what each payment comes to.
 */
@Component
class TakePaymentEvents implements EventHandler {

    private final JdbcTemplate jdbc;
    private final PostJournals journals;
    private final FeeSchedule schedule;
    private final Positions positions;

    TakePaymentEvents(
            JdbcTemplate jdbc, PostJournals journals, FeeSchedule schedule, Positions positions) {
        this.jdbc = jdbc;
        this.journals = journals;
        this.schedule = schedule;
        this.positions = positions;
    }

    @Override
    public void apply(List<Event> batch) {
        var booked = batch.stream().map(BookedEvent::of).flatMap(Optional::stream).toList();
        if (booked.isEmpty()) {
            return;
        }
        var fees = fees(booked);
        // First, because it locks the book, and what else is written locks it a little.
        journals.post(journals(booked, fees));
        var news = news(booked, note(booked));
        positions.move(news, fees);
        giveFeesBack(news);
    }

    private Map<String, Fee> fees(List<BookedEvent> booked) {
        var paid = new ArrayList<Paid>();
        for (var event : booked) {
            var terms = event.terms();
            if (terms != null) {
                paid.add(
                        new Paid(
                                event.paymentId(),
                                event.merchantId(),
                                terms.method(),
                                event.merchantAmount(),
                                terms.createdAt()));
            }
        }
        return paid.isEmpty() ? Map.of() : schedule.fees(paid);
    }

    private static List<Journal> journals(List<BookedEvent> booked, Map<String, Fee> fees) {
        var journals = new ArrayList<Journal>();
        for (var event : booked) {
            journals.add(event.journal());
            var fee = event.terms() == null ? null : fees.get(event.paymentId());
            if (fee != null) {
                event.feeJournal(fee.amount()).ifPresent(journals::add);
            }
        }
        return journals;
    }

    /** A batch may tell the same twice itself. */
    private static List<BookedEvent> news(List<BookedEvent> told, List<String> noted) {
        var fresh = new HashSet<>(noted);
        return told.stream().filter(event -> fresh.remove(event.event().id())).toList();
    }

    private void giveFeesBack(List<BookedEvent> news) {
        var dues = positions.due(news);
        if (dues.isEmpty()) {
            return;
        }
        var last = new HashMap<String, BookedEvent>();
        for (var event : news) {
            last.put(event.book().wireName() + event.paymentId(), event);
        }
        journals.post(
                dues.stream()
                        .map(due ->
                                Objects.requireNonNull(last.get(due.book() + due.paymentId()))
                                        .feeReturnJournal(due.part()))
                        .toList());
        positions.returned(dues);
    }

    /** The ids of those that had not been told before. */
    private List<String> note(List<BookedEvent> told) {
        return jdbc.query(
                """
                insert into told_money
                       (event_id, book, kind, subject, merchant_id, currency, payment_id, channel, method,
                        created_at, day, charge_currency, fx_rate, fx_margin, amount_minor, charge_minor)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as timestamptz[]),
                                     cast(? as date[]), ?, cast(? as numeric[]), cast(? as numeric[]), ?, ?) t
                on conflict (event_id) do nothing
                returning event_id
                """,
                statement -> {
                    var connection = statement.getConnection();
                    var texts =
                            List.<Function<BookedEvent, @Nullable Object>>of(
                                    one -> one.event().id(),
                                    one -> one.book().wireName(),
                                    one -> one.kind().wireName(),
                                    BookedEvent::subject,
                                    BookedEvent::merchantId,
                                    one -> one.merchantAmount().currency().code(),
                                    BookedEvent::paymentId,
                                    BookedEvent::channel,
                                    one -> one.terms() == null ? null : one.terms().method(),
                                    one -> one.terms() == null ? null : one.terms().createdAt(),
                                    BookedEvent::day,
                                    one -> one.charge().currency().code(),
                                    BookedEvent::fxRate,
                                    BookedEvent::fxMargin);
                    var place = 1;
                    for (var text : texts) {
                        statement.setArray(
                                place++,
                                connection.createArrayOf(
                                        "text",
                                        told.stream()
                                                .map(text)
                                                .map(value ->
                                                        value == null ? null : value.toString())
                                                .toArray()));
                    }
                    statement.setArray(
                            place++,
                            connection.createArrayOf(
                                    "int8",
                                    told.stream()
                                            .map(one -> one.merchantAmount().minorUnits())
                                            .toArray()));
                    statement.setArray(
                            place,
                            connection.createArrayOf(
                                    "int8",
                                    told.stream().map(one -> one.charge().minorUnits()).toArray()));
                },
                (row, _) -> row.getString(1));
    }
}
