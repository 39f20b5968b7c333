package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.tradeadmin.ledger.BooksReport.Check;
import io.ferrypay.tradeadmin.ledger.BooksReport.Head;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at every journal, entry and balance, and compares them with each other, with the chain of
 * hashes and with what the payments feed told. It reads one moment of the books and holds up nobody
 * who posts.
 */
@Component
public class VerifyBooks {

    private static final int CHAIN_STEP = 5_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate moment;
    private final Clock clock;
    private final List<BooksRule> others;

    VerifyBooks(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            List<BooksRule> others) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.others = List.copyOf(others);
        this.moment = new TransactionTemplate(transactions);
        moment.setReadOnly(true);
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    public BooksReport verify() {
        return Objects.requireNonNull(moment.execute(_ -> look()));
    }

    private BooksReport look() {
        var checkedAt = clock.instant();
        // Everything is read, so look-ups one by one are never the quicker way, whatever the
        // planner knows of tables that have just grown.
        jdbc.execute("set local enable_nestloop = off");
        var heads = new ArrayList<Head>();
        var checks = new ArrayList<Check>();
        checks.add(
                check(
                        "every_journal_sums_to_zero",
                        "select count(*) from journal",
                        """
                        select coalesce(j.book, s.book) || '/' || coalesce(j.sequence, s.sequence)
                               || coalesce(' in ' || s.currency || ': ' || s.amount, ': no entries')
                          from journal j
                          full join (select book, sequence, currency, sum(amount_minor) as amount
                                       from entry group by book, sequence, currency) s
                               on s.book = j.book and s.sequence = j.sequence
                         where j.book is null or s.amount is distinct from 0
                        """));
        checks.add(
                check(
                        "every_balance_equals_its_entries",
                        "select count(*) from account",
                        """
                        select a.book || ' ' || a.type || '/' || a.owner || ' ' || a.currency || ': '
                               || coalesce(b.balance_minor, 0) || ', entries ' || coalesce(e.amount, 0)
                          from account a
                          left join account_balance b on b.account_id = a.id
                          left join (select account_id, sum(amount_minor) as amount, count(*) as n
                                       from entry group by account_id) e on e.account_id = a.id
                         where b.balance_minor is distinct from e.amount or b.entries is distinct from e.n
                        """));
        checks.add(
                check(
                        "every_entry_is_in_its_accounts_book_and_currency",
                        "select count(*) from entry",
                        """
                        select e.book || '/' || e.sequence || ' line ' || e.line
                          from entry e left join account a on a.id = e.account_id
                         where a.book is distinct from e.book or a.currency is distinct from e.currency
                        """));
        checks.add(
                check(
                        "everything_told_has_exactly_one_journal",
                        "select count(*) from told_money",
                        """
                        select coalesce(t.kind, j.kind) || ' ' || coalesce(t.subject, j.subject) || ': '
                               || coalesce(t.n, 0) || ' told, ' || coalesce(j.n, 0) || ' booked'
                          from (select book, kind, subject, count(*) as n from told_money
                                 group by book, kind, subject) t
                          full join (select book, kind, subject, count(*) as n from journal
                                      where kind in ('payment', 'refund', 'surplus', 'surplus_refund',
                                                     'hold', 'hold_refused')
                                      group by book, kind, subject) j
                               on j.book = t.book and j.kind = t.kind and j.subject = t.subject
                         where t.n is distinct from 1 or j.n is distinct from 1
                        """));
        checks.add(
                check(
                        "every_merchant_is_owed_what_was_told",
                        "select count(*) from account where type = 'merchant-payable'",
                        """
                        select coalesce(t.book, a.book) || ' ' || coalesce(t.merchant_id, a.owner) || ' '
                               || coalesce(t.currency, a.currency) || ': told ' || coalesce(t.owed, 0)
                               || ', booked ' || coalesce(a.owed, 0)
                          from (select book, merchant_id, currency, sum(owed) as owed
                                  from (select book, merchant_id, currency,
                                               case kind when 'payment' then amount_minor
                                                         else -amount_minor end as owed
                                          from told_money where kind in ('payment', 'refund')
                                        union all
                                        select book, merchant_id, currency,
                                               fee_returned_minor - fee_minor
                                          from payment_position
                                        union all
                                        select book, merchant_id, currency, -amount_minor
                                          from withdrawal where status in ('in_batch', 'unknown', 'paid')) parts
                                 group by book, merchant_id, currency) t
                          full join (select a.book, a.owner, a.currency, -b.balance_minor as owed
                                       from account a join account_balance b on b.account_id = a.id
                                      where a.type = 'merchant-payable') a
                               on a.book = t.book and a.owner = t.merchant_id and a.currency = t.currency
                         where coalesce(t.owed, 0) <> coalesce(a.owed, 0)
                        """));
        checks.add(
                check(
                        "what_is_held_is_what_was_told_and_is_not_decided",
                        "select count(*) from told_money where kind = 'hold'",
                        """
                        select coalesce(t.book, a.book) || ' ' || coalesce(t.merchant_id, a.owner) || ' '
                               || coalesce(t.currency, a.currency) || ': told ' || coalesce(t.held, 0)
                               || ', booked ' || coalesce(a.held, 0)
                          from (select h.book, h.merchant_id, h.currency, sum(h.amount_minor) as held
                                  from told_money h
                                 where h.kind = 'hold'
                                   and not exists (select 1 from told_money d
                                                    where d.kind in ('payment', 'hold_refused')
                                                      and d.subject = h.subject)
                                 group by h.book, h.merchant_id, h.currency) t
                          full join (select a.book, a.owner, a.currency, -b.balance_minor as held
                                       from account a join account_balance b on b.account_id = a.id
                                      where a.type = 'held-payable') a
                               on a.book = t.book and a.owner = t.merchant_id and a.currency = t.currency
                         where coalesce(t.held, 0) <> coalesce(a.held, 0)
                        """));
        checks.add(
                check(
                        "every_position_is_what_was_told",
                        "select count(*) from payment_position",
                        """
                        select coalesce(t.payment_id, p.payment_id, 'no payment') || ': told ' || coalesce(t.paid, 0)
                               || ' - ' || coalesce(t.refunded, 0) || ', is '
                               || coalesce(p.amount_minor, 0) || ' - ' || coalesce(p.refunded_minor, 0)
                          from (select book, payment_id, merchant_id, currency,
                                       coalesce(sum(amount_minor) filter (where kind = 'payment'), 0) as paid,
                                       coalesce(sum(amount_minor) filter (where kind = 'refund'), 0) as refunded
                                  from told_money where kind in ('payment', 'refund')
                                 group by book, payment_id, merchant_id, currency) t
                          full join payment_position p
                               on p.book = t.book and p.payment_id = t.payment_id
                                  and p.merchant_id = t.merchant_id and p.currency = t.currency
                         where t.paid is distinct from p.amount_minor
                            or t.refunded is distinct from p.refunded_minor
                        """));
        checks.add(
                check(
                        "every_fee_has_its_journals",
                        "select count(*) from payment_position where fee_minor > 0",
                        """
                        select coalesce(f.payment_id, p.payment_id) || ': booked ' || coalesce(f.fee, 0)
                               || ' - ' || coalesce(f.returned, 0) || ', is '
                               || coalesce(p.fee_minor, 0) || ' - ' || coalesce(p.fee_returned_minor, 0)
                          from (select j.book, j.payment_id,
                                       coalesce(-sum(e.amount_minor) filter (where j.kind = 'fee'), 0) as fee,
                                       coalesce(sum(e.amount_minor) filter (where j.kind = 'fee_return'), 0)
                                           as returned
                                  from journal j
                                  join entry e on e.book = j.book and e.sequence = j.sequence
                                  join account a on a.id = e.account_id and a.type = 'fee-income'
                                 where j.kind in ('fee', 'fee_return')
                                 group by j.book, j.payment_id) f
                          full join payment_position p on p.book = f.book and p.payment_id = f.payment_id
                         where coalesce(f.fee, 0) <> coalesce(p.fee_minor, 0)
                            or coalesce(f.returned, 0) <> coalesce(p.fee_returned_minor, 0)
                            or (p.day is not null and p.fee_returns and p.refunded_minor > 0
                                and p.fee_returned_minor <> round(p.fee_minor
                                    * least(p.refunded_minor, p.amount_minor)::numeric / nullif(p.amount_minor, 0)))
                            or (not p.fee_returns and p.fee_returned_minor > 0)
                        """));
        checks.add(
                check(
                        "every_balance_of_a_merchant_is_what_it_is_owed",
                        "select count(*) from merchant_balance",
                        """
                        select coalesce(m.book, a.book) || ' ' || coalesce(m.merchant_id, a.owner) || ' '
                               || coalesce(m.currency, a.currency) || ': pending '
                               || coalesce(m.pending_minor, 0) || ', available '
                               || coalesce(m.available_minor, 0) || ', reserved '
                               || coalesce(m.reserved_minor, 0) || '; unsettled ' || coalesce(p.pending, 0)
                               || ', owed ' || coalesce(a.owed, 0)
                          from merchant_balance m
                          full join (select a.book, a.owner, a.currency, -b.balance_minor as owed
                                       from account a join account_balance b on b.account_id = a.id
                                      where a.type = 'merchant-payable') a
                               on a.book = m.book and a.owner = m.merchant_id and a.currency = m.currency
                          left join (select book, merchant_id, currency,
                                            sum(amount_minor - fee_minor + fee_returned_minor
                                                - refunded_minor) as pending
                                       from payment_position where settlement_id is null
                                      group by book, merchant_id, currency) p
                               on p.book = m.book and p.merchant_id = m.merchant_id
                                  and p.currency = m.currency
                         where coalesce(m.pending_minor + m.available_minor + m.reserved_minor, 0)
                               <> coalesce(a.owed, 0)
                            or coalesce(m.pending_minor, 0) <> coalesce(p.pending, 0)
                        """));
        others.forEach(rule -> checks.add(check(rule.rule(), rule.count(), rule.violations())));
        checks.add(
                check(
                        "no_event_waits_to_be_booked",
                        "select count(*) from parked_event",
                        "select id || ' ' || type from parked_event"));
        checks.add(chains(heads));
        return new BooksReport(checkedAt, heads, checks);
    }

    private Check check(String rule, String count, String violations) {
        var looked = Objects.requireNonNull(jdbc.queryForObject(count, Long.class));
        var found = new Findings();
        jdbc.query(
                violations,
                row -> {
                    found.add(row.getString(1));
                });
        return new Check(rule, looked, found.count, found.examples);
    }

    private static final class Findings {
        private long count;
        private final List<String> examples = new ArrayList<>();

        void add(String what) {
            count++;
            if (examples.size() < BooksReport.MOST_EXAMPLES) {
                examples.add(what);
            }
        }
    }

    private Check chains(List<Head> heads) {
        var found = new Findings();
        var looked = 0L;
        for (var book : Book.values()) {
            looked += chain(book, heads, found);
        }
        return new Check("every_chain_is_unbroken", looked, found.count, found.examples);
    }

    /**
     * @param hash in hexadecimal
     */
    private record Link(JournalHash.Content content, String hash) {}

    private long chain(Book book, List<Head> heads, Findings found) {
        var reader = new ChainReader(book, found);
        var last =
                Objects.requireNonNull(
                        jdbc.queryForObject(
                                "select coalesce(max(sequence), 0) from journal where book = ?",
                                Long.class,
                                book.wireName()));
        for (var from = 0L; from < last; from += CHAIN_STEP) {
            links(book, from, from + CHAIN_STEP).forEach(reader::next);
        }
        jdbc.query(
                "select last_sequence, last_hash from book where id = ?",
                row -> {
                    reader.end(row.getLong(1), hex(row.getBytes(2)));
                },
                book.wireName());
        heads.add(new Head(book.wireName(), reader.count, reader.previous));
        return reader.count;
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static final class ChainReader {
        private final Book book;
        private final Findings found;
        private String previous = hex(new byte[JournalHash.LENGTH]);
        private long sequence;
        private long count;

        private ChainReader(Book book, Findings found) {
            this.book = book;
            this.found = found;
        }

        void next(Link link) {
            var here = link.content().sequence();
            if (here != sequence + 1) {
                found.add(book.wireName() + "/" + (sequence + 1) + ": missing");
            }
            var hash = JournalHash.of(HexFormat.of().parseHex(previous), link.content());
            if (!hex(hash).equals(link.hash())) {
                found.add(book.wireName() + "/" + here + ": not what was posted");
            }
            previous = link.hash(); // So that one change is told once, not for all that follow.
            sequence = here;
            count++;
        }

        void end(long lastSequence, String lastHash) {
            if (sequence != lastSequence || !previous.equals(lastHash)) {
                found.add(book.wireName() + ": does not end where its head says");
            }
        }
    }

    private List<Link> links(Book book, long after, long upTo) {
        var links = new ArrayList<Link>();
        var pending = new PendingLink();
        jdbc.query(
                """
                select j.sequence, j.event_id, j.kind, j.subject, j.payment_id, j.happened_at,
                       j.posted_at, j.hash, a.type, a.owner, e.currency, e.amount_minor
                  from journal j
                  left join entry e on e.book = ? and e.sequence = j.sequence
                                   and e.sequence > ? and e.sequence <= ?
                  left join account a on a.id = e.account_id
                 where j.book = ? and j.sequence > ? and j.sequence <= ?
                 order by j.sequence, e.line
                """,
                row -> {
                    pending.row(row, book, links);
                },
                book.wireName(),
                after,
                upTo,
                book.wireName(),
                after,
                upTo);
        pending.finish(links);
        return links;
    }

    /** Gathers the rows of one journal. */
    private static final class PendingLink {
        private @Nullable Link link;
        private List<JournalHash.Line> lines = new ArrayList<>();

        void row(ResultSet row, Book book, List<Link> links) throws SQLException {
            var sequence = row.getLong(1);
            if (link == null || link.content().sequence() != sequence) {
                finish(links);
                lines = new ArrayList<>();
                link =
                        new Link(
                                new JournalHash.Content(
                                        book.wireName(),
                                        sequence,
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        instant(row, 6),
                                        instant(row, 7),
                                        lines),
                                hex(row.getBytes(8)));
            }
            var type = row.getString(9);
            if (type != null) {
                var owner = row.getString(10);
                lines.add(
                        new JournalHash.Line(
                                owner.isEmpty() ? type : type + "/" + owner,
                                row.getString(11),
                                row.getLong(12)));
            }
        }

        void finish(List<Link> links) {
            if (link != null) {
                links.add(link);
                link = null;
            }
        }

        private static Instant instant(ResultSet row, int column) throws SQLException {
            return row.getTimestamp(column).toInstant();
        }
    }
}
