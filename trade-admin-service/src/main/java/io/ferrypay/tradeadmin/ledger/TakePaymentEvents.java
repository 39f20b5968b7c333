package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Books what the payments feed tells, in the transaction that moves the feed's cursor, and notes
 * beside it what was told.
 */
@Component
class TakePaymentEvents implements EventHandler {

    private final JdbcTemplate jdbc;
    private final PostJournals journals;

    TakePaymentEvents(JdbcTemplate jdbc, PostJournals journals) {
        this.jdbc = jdbc;
        this.journals = journals;
    }

    @Override
    public void apply(List<Event> batch) {
        var booked = batch.stream().map(BookedEvent::of).flatMap(Optional::stream).toList();
        if (booked.isEmpty()) {
            return;
        }
        // First, because it locks the book, and what else is written locks it a little.
        journals.post(booked.stream().map(BookedEvent::journal).toList());
        note(booked);
    }

    private void note(List<BookedEvent> told) {
        jdbc.update(
                """
                insert into told_money
                       (event_id, book, kind, subject, merchant_id, amount_minor, currency)
                select * from unnest(?, ?, ?, ?, ?, ?, ?) t
                on conflict (event_id) do nothing
                """,
                statement -> {
                    var connection = statement.getConnection();
                    String[][] texts = {
                        told.stream().map(one -> one.event().id()).toArray(String[]::new),
                        told.stream().map(one -> one.book().wireName()).toArray(String[]::new),
                        told.stream().map(one -> one.kind().wireName()).toArray(String[]::new),
                        told.stream().map(BookedEvent::subject).toArray(String[]::new),
                        told.stream().map(BookedEvent::merchantId).toArray(String[]::new)
                    };
                    for (var i = 0; i < texts.length; i++) {
                        statement.setArray(i + 1, connection.createArrayOf("text", texts[i]));
                    }
                    statement.setArray(
                            6,
                            connection.createArrayOf(
                                    "int8",
                                    told.stream()
                                            .map(one -> one.merchantAmount().minorUnits())
                                            .toArray()));
                    statement.setArray(
                            7,
                            connection.createArrayOf(
                                    "text",
                                    told.stream()
                                            .map(one -> one.merchantAmount().currency().code())
                                            .toArray()));
                });
    }
}
