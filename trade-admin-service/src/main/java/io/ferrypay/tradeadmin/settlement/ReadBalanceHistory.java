package io.ferrypay.tradeadmin.settlement;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What a merchant was owed at the end of each day, and what came and went in it. */
@Component
public class ReadBalanceHistory {

    private final JdbcClient jdbc;

    ReadBalanceHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param incoming the sum of the day's entries above zero
     * @param outgoing the sum of those below zero, which is not positive
     * @param closing all that was owed at the end of the day, available or not
     */
    public record Day(LocalDate date, Money incoming, Money outgoing, Money closing) {}

    /**
     * @param opening what was owed before the first day
     */
    public record History(Money opening, List<Day> days) {}

    private record Moved(LocalDate date, long incoming, long outgoing) {}

    /**
     * By when entries were booked. What was booked before the first day is not read, so the costs
     * follow the days and not the age of the account.
     *
     * @param from the first day, in the zone
     * @param to the last one; at most some months later, which the caller sees to
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public History of(
            Book book,
            String merchantId,
            Currency currency,
            LocalDate from,
            LocalDate to,
            ZoneId zone) {
        var owed =
                jdbc.sql(
                                """
                                select -b.balance_minor from account a join account_balance b on b.account_id = a.id
                                 where a.book = ? and a.type = 'merchant-payable' and a.owner = ? and a.currency = ?
                                """)
                        .params(book.wireName(), merchantId, currency.code())
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        var moved = new HashMap<LocalDate, Moved>();
        var since = 0L;
        for (var day : moved(book, merchantId, currency, from, zone)) {
            moved.put(day.date(), day);
            since = Math.addExact(since, Math.addExact(day.incoming(), day.outgoing()));
        }
        var opening = Math.subtractExact(owed, since);
        var days = new ArrayList<Day>();
        var closing = opening;
        for (var date = from; !date.isAfter(to); date = date.plusDays(1)) {
            var day = moved.getOrDefault(date, new Moved(date, 0, 0));
            closing = Math.addExact(closing, Math.addExact(day.incoming(), day.outgoing()));
            days.add(
                    new Day(
                            date,
                            new Money(day.incoming(), currency),
                            new Money(day.outgoing(), currency),
                            new Money(closing, currency)));
        }
        return new History(new Money(opening, currency), days);
    }

    private List<Moved> moved(
            Book book, String merchantId, Currency currency, LocalDate from, ZoneId zone) {
        return jdbc.sql(
                        """
                        select (j.posted_at at time zone :zone)::date,
                               coalesce(sum(-e.amount_minor) filter (where e.amount_minor < 0), 0)::bigint,
                               coalesce(sum(-e.amount_minor) filter (where e.amount_minor > 0), 0)::bigint
                          from account a
                          join entry e on e.account_id = a.id
                           and e.sequence > coalesce((select sequence from journal
                                                       where book = :book and posted_at < :start
                                                       order by posted_at desc, sequence desc limit 1), 0)
                          join journal j on j.book = e.book and j.sequence = e.sequence
                         where a.book = :book and a.type = 'merchant-payable' and a.owner = :merchant
                           and a.currency = :currency
                         group by 1
                        """)
                .param("book", book.wireName())
                .param("merchant", merchantId)
                .param("currency", currency.code())
                .param("zone", zone.getId())
                .param("start", from.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Moved(
                                row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3)))
                .list();
    }
}
