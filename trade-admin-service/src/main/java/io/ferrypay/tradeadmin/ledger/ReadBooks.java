package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What the books say, for people and other services. */
@Component
public class ReadBooks {

    private static final int STATEMENT_STEP = 2_000;

    private final JdbcClient jdbc;

    ReadBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param balance a debit if positive
     * @param entries how many made it
     */
    public record AccountBalance(long id, Account account, Money balance, long entries) {}

    /**
     * All accounts of a type in a currency.
     *
     * @param debit the sum of their balances that are debits
     * @param credit the sum of those that are credits, as a positive amount
     */
    public record TypeBalance(AccountType type, long accounts, Money debit, Money credit) {}

    /** A posted journal and its place in the book. */
    public record PostedJournal(Journal journal, long sequence, Instant postedAt, String hash) {}

    /**
     * Which journals are wanted; what is null does not matter.
     *
     * @param owner of one of its accounts: a merchant or a channel
     * @param from the first moment of posting
     * @param to the moment before which it was posted
     * @param before only those with a smaller place in the book
     */
    public record JournalQuery(
            Book book,
            @Nullable JournalKind kind,
            @Nullable String subject,
            @Nullable String paymentId,
            @Nullable String eventId,
            @Nullable Long accountId,
            @Nullable String owner,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before,
            int limit) {}

    /**
     * One entry of an account.
     *
     * @param amount a debit if positive
     * @param balance of the account after it
     */
    public record Movement(
            long sequence,
            Instant postedAt,
            Instant happenedAt,
            String kind,
            String subject,
            @Nullable String paymentId,
            Money amount,
            Money balance) {}

    /**
     * What an account was before, and which journals are its movements. Times are those of posting,
     * which never run backwards in a book, so a statement of the past stays as it is.
     *
     * @param after the last place in the book before the statement begins
     * @param upTo the last one in it
     */
    public record Statement(
            AccountBalance account,
            Instant from,
            Instant to,
            Money opening,
            Money closing,
            long movements,
            long after,
            long upTo) {}

    /** The types and currencies of a book: what it has and owes, summed up. */
    public List<TypeBalance> trialBalance(Book book) {
        return jdbc
                .sql(
                        """
                        select a.type, a.currency, count(*),
                               coalesce(sum(b.balance_minor) filter (where b.balance_minor > 0), 0)::bigint,
                               coalesce(-sum(b.balance_minor) filter (where b.balance_minor < 0), 0)::bigint
                          from account a left join account_balance b on b.account_id = a.id
                         where a.book = ? group by a.type, a.currency
                        """)
                .param(book.wireName())
                .query((row, _) -> {
                    var currency = Currency.of(row.getString(2));
                    return new TypeBalance(
                            type(row.getString(1)),
                            row.getLong(3),
                            new Money(row.getLong(4), currency),
                            new Money(row.getLong(5), currency));
                })
                .list()
                .stream()
                .sorted(
                        java.util.Comparator.comparing(TypeBalance::type)
                                .thenComparing(line -> line.debit().currency()))
                .toList();
    }

    /**
     * The accounts of one type in order of their age, from after an account on.
     *
     * @param owner null for all of them
     * @param currency null for every one
     */
    public List<AccountBalance> accounts(
            Book book,
            AccountType type,
            @Nullable String owner,
            @Nullable String currency,
            long after,
            int limit) {
        var where = new StringBuilder(" where a.book = ? and a.type = ? and a.id > ?");
        var params = new ArrayList<Object>(List.of(book.wireName(), type.wireName(), after));
        narrow(where, params, "a.owner = ?", owner);
        narrow(where, params, "a.currency = ?", currency);
        params.add(limit);
        return jdbc.sql(ACCOUNT + where + " order by a.id limit ?")
                .params(params)
                .query((row, _) -> account(row))
                .list();
    }

    public Optional<AccountBalance> account(long id) {
        return jdbc.sql(ACCOUNT + " where a.id = ?")
                .param(id)
                .query((row, _) -> account(row))
                .optional();
    }

    private static final String ACCOUNT =
            """
            select a.id, a.type, a.owner, a.currency, coalesce(b.balance_minor, 0),
                   coalesce(b.entries, 0)
              from account a left join account_balance b on b.account_id = a.id
            """;

    private static AccountBalance account(ResultSet row) throws SQLException {
        return new AccountBalance(
                row.getLong(1),
                new Account(type(row.getString(2)), row.getString(3)),
                new Money(row.getLong(5), Currency.of(row.getString(4))),
                row.getLong(6));
    }

    private static AccountType type(String name) {
        return AccountType.ofWireName(name).orElseThrow();
    }

    private record Row(
            long sequence,
            String eventId,
            JournalKind kind,
            String subject,
            @Nullable String paymentId,
            Instant happenedAt,
            Instant postedAt,
            String hash) {}

    /** The newest first. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<PostedJournal> journals(JournalQuery wanted) {
        var rows = rows(wanted);
        if (rows.isEmpty()) {
            return List.of();
        }
        var entries = entries(wanted.book(), rows);
        return rows.stream()
                .map(row ->
                        new PostedJournal(
                                new Journal(
                                        wanted.book(),
                                        row.eventId(),
                                        row.kind(),
                                        row.subject(),
                                        row.paymentId(),
                                        row.happenedAt(),
                                        Objects.requireNonNull(entries.get(row.sequence()))),
                                row.sequence(),
                                row.postedAt(),
                                row.hash()))
                .toList();
    }

    private List<Row> rows(JournalQuery wanted) {
        var where = new StringBuilder(" where j.book = ?");
        var params = new ArrayList<Object>(List.of(wanted.book().wireName()));
        narrow(
                where,
                params,
                "j.kind = ?",
                wanted.kind() == null ? null : wanted.kind().wireName());
        narrow(where, params, "j.subject = ?", wanted.subject());
        narrow(where, params, "j.payment_id = ?", wanted.paymentId());
        narrow(where, params, "j.event_id = ?", wanted.eventId());
        narrow(
                where,
                params,
                "j.sequence in (select e.sequence from entry e where e.book = j.book and e.account_id = ?)",
                wanted.accountId());
        narrow(
                where,
                params,
                """
                j.sequence in (select e.sequence from entry e join account a on a.id = e.account_id
                                where e.book = j.book and a.owner = ?)\
                """,
                wanted.owner());
        // Posting never runs backwards, so a time is a place in the book.
        narrow(where, params, "j.sequence > ?", placeBefore(wanted.book(), wanted.from()));
        narrow(where, params, "j.sequence <= ?", placeBefore(wanted.book(), wanted.to()));
        narrow(where, params, "j.sequence < ?", wanted.before());
        params.add(wanted.limit());
        return jdbc.sql(
                        "select j.sequence, j.event_id, j.kind, j.subject, j.payment_id, j.happened_at,"
                                + " j.posted_at, encode(j.hash, 'hex') from journal j"
                                + where
                                + " order by j.sequence desc limit ?")
                .params(params)
                .query((row, _) ->
                        new Row(
                                row.getLong(1),
                                row.getString(2),
                                JournalKind.ofWireName(row.getString(3)).orElseThrow(),
                                row.getString(4),
                                row.getString(5),
                                row.getTimestamp(6).toInstant(),
                                row.getTimestamp(7).toInstant(),
                                row.getString(8)))
                .list();
    }

    private @Nullable Long placeBefore(Book book, @Nullable Instant time) {
        return time == null ? null : lastBefore(book, time);
    }

    /** The place in a book of the last journal that was posted before a time; 0 if none was. */
    public long lastBefore(Book book, Instant time) {
        return jdbc.sql(
                        """
                        select coalesce((select sequence from journal
                                          where book = ? and posted_at < ?
                                          order by posted_at desc, sequence desc limit 1), 0)
                        """)
                .params(book.wireName(), Timestamp.from(time))
                .query(Long.class)
                .single();
    }

    /** One journal by its place in the book. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<PostedJournal> journal(Book book, long sequence) {
        var wanted =
                new JournalQuery(
                        book, null, null, null, null, null, null, null, null, sequence + 1, 1);
        return journals(wanted).stream()
                .filter(posted -> posted.sequence() == sequence)
                .findFirst();
    }

    private static void narrow(
            StringBuilder where, List<Object> params, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(" and ").append(condition);
            params.add(value);
        }
    }

    private Map<Long, List<LedgerEntry>> entries(Book book, List<Row> rows) {
        var entries = new HashMap<Long, List<LedgerEntry>>();
        jdbc.sql(
                        """
                        select e.sequence, a.type, a.owner, e.currency, e.amount_minor
                          from entry e join account a on a.id = e.account_id
                         where e.book = ? and e.sequence = any(?)
                         order by e.sequence, e.line
                        """)
                .params(book.wireName(), rows.stream().map(Row::sequence).toArray(Long[]::new))
                .query(row -> {
                    entries.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(
                                    new LedgerEntry(
                                            new Account(type(row.getString(2)), row.getString(3)),
                                            new Money(
                                                    row.getLong(5),
                                                    Currency.of(row.getString(4)))));
                });
        return entries;
    }

    /**
     * An account from one time up to before another.
     *
     * @return empty if there is no such account
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Statement> statement(long accountId, Instant from, Instant to) {
        return account(accountId).map(account -> statement(account, from, to));
    }

    private Statement statement(AccountBalance account, Instant from, Instant to) {
        var after = lastBefore(account.id(), from);
        var upTo = lastBefore(account.id(), to);
        var currency = account.balance().currency();
        return jdbc.sql(
                        """
                        select coalesce(sum(amount_minor) filter (where sequence <= :after), 0)::bigint,
                               coalesce(sum(amount_minor), 0)::bigint,
                               count(*) filter (where sequence > :after)
                          from entry where account_id = :account and sequence <= :upTo
                        """)
                .param("after", after)
                .param("account", account.id())
                .param("upTo", upTo)
                .query((row, _) ->
                        new Statement(
                                account,
                                from,
                                to,
                                new Money(row.getLong(1), currency),
                                new Money(row.getLong(2), currency),
                                row.getLong(3),
                                after,
                                upTo))
                .single();
    }

    private long lastBefore(long accountId, Instant time) {
        return jdbc.sql(
                        """
                        select coalesce((select j.sequence from journal j
                                          where j.book = (select book from account where id = ?)
                                            and j.posted_at < ?
                                          order by j.posted_at desc, j.sequence desc limit 1), 0)
                        """)
                .params(accountId, Timestamp.from(time))
                .query(Long.class)
                .single();
    }

    /**
     * The movements of a statement, oldest first; what is booked never changes, so they may be read
     * bit by bit.
     *
     * @param after a place in the book, {@link Statement#after()} for all
     * @param opening the balance there
     */
    public List<Movement> movements(Statement statement, long after, Money opening, int limit) {
        var balance = new long[] {opening.minorUnits()};
        var currency = opening.currency();
        return jdbc.sql(
                        """
                        select e.sequence, j.posted_at, j.happened_at, j.kind, j.subject,
                               j.payment_id, e.amount_minor
                          from entry e join journal j on j.book = e.book and j.sequence = e.sequence
                         where e.account_id = ? and e.sequence > ? and e.sequence <= ?
                         order by e.sequence, e.line limit ?
                        """)
                .params(statement.account().id(), after, statement.upTo(), limit)
                .query((row, _) -> {
                    balance[0] = Math.addExact(balance[0], row.getLong(7));
                    return new Movement(
                            row.getLong(1),
                            row.getTimestamp(2).toInstant(),
                            row.getTimestamp(3).toInstant(),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            new Money(row.getLong(7), currency),
                            new Money(balance[0], currency));
                })
                .list();
    }

    /** Hands over every movement of a statement, however many there are. */
    public void forEachMovement(Statement statement, Consumer<Movement> reader) {
        var after = statement.after();
        var balance = statement.opening();
        while (true) {
            var movements = movements(statement, after, balance, STATEMENT_STEP);
            movements.forEach(reader);
            if (movements.size() < STATEMENT_STEP) {
                return;
            }
            after = movements.getLast().sequence();
            balance = movements.getLast().balance();
        }
    }
}
