package io.ferrypay.tradeadmin.statement;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.SettlementSettings;
import io.ferrypay.tradeadmin.statement.BalanceStatement.Line;
import io.ferrypay.tradeadmin.statement.BalanceStatement.Place;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads statements, however long, a page at a time. */
@Component
public class ReadStatements {

    private static final int STEP = 2_000;

    private final JdbcClient jdbc;
    private final SettlementSettings settings;
    private final Clock clock;

    ReadStatements(JdbcClient jdbc, SettlementSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    private record Sums(long opening, long closing, long in, long out, long movements) {}

    /**
     * @param from the first day, where banks open
     * @param to the last one, included
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public BalanceStatement read(
            Book book, String merchantId, Currency currency, LocalDate from, LocalDate to) {
        var place = place(book, merchantId, currency, from, to);
        var sums =
                jdbc.sql(
                                """
                                select coalesce(-sum(amount_minor) filter (where sequence <= :after), 0)::bigint,
                                       coalesce(-sum(amount_minor), 0)::bigint,
                                       coalesce(-sum(amount_minor) filter
                                           (where sequence > :after and amount_minor < 0), 0)::bigint,
                                       coalesce(sum(amount_minor) filter
                                           (where sequence > :after and amount_minor > 0), 0)::bigint,
                                       count(*) filter (where sequence > :after)
                                  from entry where account_id = :account and sequence <= :upTo
                                """)
                        .param("after", place.after())
                        .param("account", place.account())
                        .param("upTo", place.upTo())
                        .query((row, _) ->
                                new Sums(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5)))
                        .single();
        return new BalanceStatement(
                book,
                merchantId,
                from,
                to,
                new Money(sums.opening(), currency),
                new Money(sums.closing(), currency),
                sums.movements(),
                new Money(sums.in(), currency),
                new Money(sums.out(), currency),
                clock.instant(),
                place);
    }

    private Place place(
            Book book, String merchantId, Currency currency, LocalDate from, LocalDate to) {
        var account =
                jdbc.sql(
                                "select id from account where book = ? and type = 'merchant-payable'"
                                        + " and owner = ? and currency = ?")
                        .params(book.wireName(), merchantId, currency.code())
                        .query((row, _) -> row.getLong(1))
                        .optional()
                        .orElse(null);
        return new Place(account, lastBefore(book, from), lastBefore(book, to.plusDays(1)));
    }

    private long lastBefore(Book book, LocalDate day) {
        return jdbc.sql(
                        """
                        select coalesce((select sequence from journal
                                          where book = ? and posted_at < ?
                                          order by posted_at desc, sequence desc limit 1), 0)
                        """)
                .params(
                        book.wireName(),
                        Timestamp.from(day.atStartOfDay(settings.zone()).toInstant()))
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /** Hands over every line, the oldest first; what is booked never changes. */
    void forEach(BalanceStatement statement, Consumer<Line> reader) {
        var place = statement.place();
        var after = place.after();
        var afterLine = Integer.MAX_VALUE;
        var balance = new long[] {statement.opening().minorUnits()};
        var currency = statement.opening().currency();
        while (place.account() != null) {
            var lines =
                    jdbc.sql(
                                    """
                                    select e.sequence, e.line, j.posted_at, j.kind, j.subject, j.payment_id,
                                           -e.amount_minor
                                      from entry e join journal j on j.book = e.book and j.sequence = e.sequence
                                     where e.account_id = ? and (e.sequence, e.line) > (?, ?) and e.sequence <= ?
                                     order by e.sequence, e.line limit ?
                                    """)
                            .params(place.account(), after, afterLine, place.upTo(), STEP)
                            .query((row, _) -> {
                                balance[0] = Math.addExact(balance[0], row.getLong(7));
                                return new Numbered(
                                        row.getLong(1),
                                        row.getInt(2),
                                        new Line(
                                                "be_" + row.getLong(1) + "_" + row.getInt(2),
                                                row.getTimestamp(3).toInstant(),
                                                row.getString(4),
                                                row.getString(5),
                                                row.getString(6),
                                                new Money(row.getLong(7), currency),
                                                new Money(balance[0], currency)));
                            })
                            .list();
            lines.forEach(one -> reader.accept(one.line()));
            if (lines.size() < STEP) {
                return;
            }
            after = lines.getLast().sequence();
            afterLine = lines.getLast().number();
        }
    }

    private record Numbered(long sequence, int number, Line line) {}
}
