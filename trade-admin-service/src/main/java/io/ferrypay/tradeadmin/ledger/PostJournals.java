package io.ferrypay.tradeadmin.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes journals to the end of their books: however many, in a few statements. What an event has
 * already been booked for changes nothing. One transaction writes to a book at a time and the next
 * waits for it, so batches should be big and transactions short.
 */
@Component
public class PostJournals {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    PostJournals(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param hash in hexadecimal
     */
    private record Head(long sequence, String hash, Instant postedAt) {}

    private record AccountKey(Account account, String currency) {}

    /**
     * Posts what is not yet posted, in the order given, in the transaction that is open.
     *
     * @return how many were new
     * @throws org.springframework.dao.DataIntegrityViolationException if another event has booked
     *     the same subject
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int post(Collection<Journal> journals) {
        var byBook = new EnumMap<Book, List<Journal>>(Book.class);
        for (var journal : journals) {
            byBook.computeIfAbsent(journal.book(), _ -> new ArrayList<>()).add(journal);
        }
        var posted = 0;
        for (var book :
                byBook.entrySet()) { // In the order of the enum: no two wait for each other.
            posted += post(book.getKey(), book.getValue());
        }
        return posted;
    }

    private int post(Book book, List<Journal> journals) {
        var head = lock(book);
        var seen = new HashSet<>(booked(journals));
        var fresh = journals.stream().filter(journal -> seen.add(journal.eventId())).toList();
        if (!fresh.isEmpty()) {
            append(book, head, fresh, accounts(book, fresh));
        }
        return fresh.size();
    }

    private Head lock(Book book) {
        return jdbc.queryForObject(
                "select last_sequence, last_hash, last_posted_at from book where id = ? for no key update",
                (row, _) ->
                        new Head(
                                row.getLong(1),
                                HexFormat.of().formatHex(row.getBytes(2)),
                                row.getTimestamp(3).toInstant()),
                book.wireName());
    }

    private List<String> booked(List<Journal> journals) {
        var events = journals.stream().map(Journal::eventId).toArray(String[]::new);
        return jdbc.query(
                "select event_id from journal where event_id = any(?)",
                statement -> array(statement, 1, "text", events),
                (row, _) -> row.getString(1));
    }

    private Map<AccountKey, Long> accounts(Book book, List<Journal> journals) {
        var wanted = new LinkedHashSet<AccountKey>();
        for (var journal : journals) {
            for (var entry : journal.entries()) {
                wanted.add(key(entry));
            }
        }
        var known = new HashMap<AccountKey, Long>();
        find(book, wanted, known);
        if (known.size() < wanted.size()) {
            wanted.removeAll(known.keySet());
            open(book, wanted);
            find(book, wanted, known);
        }
        return known;
    }

    private void find(Book book, Set<AccountKey> wanted, Map<AccountKey, Long> known) {
        jdbc.query(
                """
                select a.id, a.type, a.owner, a.currency
                  from unnest(?, ?, ?) w(type, owner, currency)
                  join account a on a.book = ? and a.type = w.type and a.owner = w.owner
                                and a.currency = w.currency
                """,
                statement -> {
                    keys(statement, wanted);
                    statement.setString(4, book.wireName());
                },
                row -> {
                    var type = AccountType.ofWireName(row.getString(2)).orElseThrow();
                    known.put(
                            new AccountKey(new Account(type, row.getString(3)), row.getString(4)),
                            row.getLong(1));
                });
    }

    private void open(Book book, Set<AccountKey> wanted) {
        jdbc.update(
                """
                insert into account (type, owner, currency, book)
                select type, owner, currency, ? from unnest(?, ?, ?) w(type, owner, currency)
                """,
                statement -> {
                    statement.setString(1, book.wireName());
                    keys(statement, 2, wanted);
                });
    }

    private static void keys(PreparedStatement statement, Set<AccountKey> wanted)
            throws SQLException {
        keys(statement, 1, wanted);
    }

    private static void keys(PreparedStatement statement, int first, Set<AccountKey> wanted)
            throws SQLException {
        array(statement, first, "text", all(wanted, key -> key.account().type().wireName()));
        array(statement, first + 1, "text", all(wanted, key -> key.account().owner()));
        array(statement, first + 2, "text", all(wanted, AccountKey::currency));
    }

    private static String[] all(Set<AccountKey> keys, Function<AccountKey, String> part) {
        return keys.stream().map(part).toArray(String[]::new);
    }

    private static AccountKey key(LedgerEntry entry) {
        return new AccountKey(entry.account(), entry.amount().currency().code());
    }

    private void append(
            Book book, Head head, List<Journal> journals, Map<AccountKey, Long> accounts) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var postedAt = now.isBefore(head.postedAt()) ? head.postedAt() : now;
        var count = journals.size();
        var sequences = new Long[count];
        var hashes = new byte[count][];
        var hash = HexFormat.of().parseHex(head.hash());
        for (var i = 0; i < count; i++) {
            sequences[i] = head.sequence() + 1 + i;
            hash = JournalHash.of(hash, content(journals.get(i), sequences[i], postedAt));
            hashes[i] = hash;
        }
        insertEntries(book, journals, sequences, accounts);
        insertJournals(book, journals, sequences, hashes, postedAt);
    }

    private static JournalHash.Content content(Journal journal, long sequence, Instant postedAt) {
        return new JournalHash.Content(
                journal.book().wireName(),
                sequence,
                journal.eventId(),
                journal.kind().wireName(),
                journal.subject(),
                journal.paymentId(),
                journal.happenedAt(),
                postedAt,
                journal.entries().stream()
                        .map(entry ->
                                new JournalHash.Line(
                                        entry.account().path(),
                                        entry.amount().currency().code(),
                                        entry.amount().minorUnits()))
                        .toList());
    }

    private void insertEntries(
            Book book, List<Journal> journals, Long[] sequences, Map<AccountKey, Long> accounts) {
        var count = journals.stream().mapToInt(journal -> journal.entries().size()).sum();
        var ofJournal = new Long[count];
        var lines = new Integer[count];
        var ids = new Long[count];
        var currencies = new String[count];
        var amounts = new Long[count];
        var next = 0;
        for (var i = 0; i < journals.size(); i++) {
            var entries = journals.get(i).entries();
            for (var line = 0; line < entries.size(); line++) {
                var entry = entries.get(line);
                ofJournal[next] = sequences[i];
                lines[next] = line + 1;
                ids[next] = Objects.requireNonNull(accounts.get(key(entry)));
                currencies[next] = entry.amount().currency().code();
                amounts[next] = entry.amount().minorUnits();
                next++;
            }
        }
        jdbc.update(
                """
                insert into entry (book, sequence, line, account_id, currency, amount_minor)
                select ?, sequence, line, account_id, currency, amount_minor
                  from unnest(?, ?, ?, ?, ?) e(sequence, line, account_id, currency, amount_minor)
                """,
                statement -> {
                    statement.setString(1, book.wireName());
                    array(statement, 2, "int8", ofJournal);
                    array(statement, 3, "int4", lines);
                    array(statement, 4, "int8", ids);
                    array(statement, 5, "text", currencies);
                    array(statement, 6, "int8", amounts);
                });
    }

    private void insertJournals(
            Book book, List<Journal> journals, Long[] sequences, byte[][] hashes, Instant at) {
        jdbc.update(
                """
                insert into journal (book, sequence, event_id, kind, subject, payment_id,
                                     happened_at, hash, posted_at)
                select ?, j.*, cast(? as timestamptz)
                  from unnest(?, ?, ?, ?, ?, ?, ?) j
                """,
                statement -> {
                    statement.setString(1, book.wireName());
                    statement.setTimestamp(2, Timestamp.from(at));
                    array(statement, 3, "int8", sequences);
                    array(statement, 4, "text", texts(journals, Journal::eventId));
                    array(
                            statement,
                            5,
                            "text",
                            texts(journals, journal -> journal.kind().wireName()));
                    array(statement, 6, "text", texts(journals, Journal::subject));
                    array(statement, 7, "text", texts(journals, Journal::paymentId));
                    array(
                            statement,
                            8,
                            "timestamptz",
                            texts(journals, journal -> journal.happenedAt().toString()));
                    array(statement, 9, "bytea", hashes);
                });
    }

    private static @Nullable String[] texts(
            List<Journal> journals, Function<Journal, @Nullable String> part) {
        var texts = new @Nullable String[journals.size()];
        for (var i = 0; i < texts.length; i++) {
            texts[i] = part.apply(journals.get(i));
        }
        return texts;
    }

    private static void array(
            PreparedStatement statement, int place, String type, @Nullable Object[] values)
            throws SQLException {
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }
}
