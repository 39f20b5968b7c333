package io.ferrypay.tradeadmin.withdrawal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Account;
import io.ferrypay.tradeadmin.ledger.AccountType;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.ledger.Journal;
import io.ferrypay.tradeadmin.ledger.JournalKind;
import io.ferrypay.tradeadmin.ledger.LedgerEntry;
import io.ferrypay.tradeadmin.ledger.PostJournals;
import io.ferrypay.tradeadmin.settlement.BankingDays;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is approved to the bank: one batch a working day, book and currency. From then on the
 * money is in transit, until the bank says what became of it.
 */
@Service
public class Batches {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    /** Most withdrawals of a batch; the rest goes on the next working day. */
    static final int LARGEST = 5_000;

    private final JdbcClient jdbc;
    private final Withdrawals withdrawals;
    private final PostJournals journals;
    private final BankingDays days;
    private final TransactionTemplate transactions;
    private final WithdrawalSettings settings;
    private final Clock clock;

    Batches(
            JdbcClient jdbc,
            Withdrawals withdrawals,
            PostJournals journals,
            BankingDays days,
            TransactionTemplate transactions,
            WithdrawalSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.withdrawals = withdrawals;
        this.journals = journals;
        this.days = days;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param cutFor the working day on which it goes
     */
    public record Batch(
            String id, Book book, LocalDate cutFor, int withdrawals, Money total, Instant cutAt) {}

    /**
     * What a run did.
     *
     * @param examined books and currencies in which something was approved
     * @param changed of these, with a new batch
     */
    public record Cut(int examined, int changed, int unknown) {}

    private record Open(Book book, Currency currency) {}

    /** After the cut-off of a working day, once; before it, nothing. */
    public Cut cut() {
        var now = clock.instant();
        var local = now.atZone(settings.zone());
        if (local.toLocalTime().isBefore(settings.cutOff())
                || !days.isWorked(local.toLocalDate())) {
            return new Cut(0, 0, 0);
        }
        return cut(
                local.toLocalDate(),
                local.toLocalDate().atTime(settings.cutOff()).atZone(settings.zone()).toInstant());
    }

    /**
     * @param before what was asked for earlier than that goes
     */
    public Cut cut(LocalDate day, Instant before) {
        var open =
                jdbc.sql(
                                "select distinct book, currency from withdrawal"
                                        + " where status = 'approved' and created_at < ?"
                                        + " order by book, currency")
                        .param(Timestamp.from(before))
                        .query((row, _) ->
                                new Open(
                                        Book.ofWireName(row.getString(1)).orElseThrow(),
                                        Currency.of(row.getString(2))))
                        .list();
        var changed = 0;
        for (var one : open) {
            changed +=
                    Boolean.TRUE.equals(transactions.execute(_ -> cut(one, day, before))) ? 1 : 0;
        }
        return new Cut(open.size(), changed, 0);
    }

    /**
     * Cuts play money now, whatever the time: so that what comes after can be tried out. Such a
     * batch is for a day that is past, of which there is one a book and currency as of any other.
     *
     * @return how many batches that made
     */
    public int cutPlayMoney() {
        var now = clock.instant();
        var today = now.atZone(settings.zone()).toLocalDate();
        var open =
                jdbc.sql(
                                """
                                select w.currency,
                                       (select least(min(b.cut_for), ?) from withdrawal_batch b
                                         where b.book = 'test' and b.currency = w.currency) - 1
                                  from withdrawal w
                                 where w.book = 'test' and w.status = 'approved'
                                 group by w.currency order by w.currency
                                """)
                        .param(today)
                        .query((row, _) ->
                                Map.entry(
                                        Currency.of(row.getString(1)),
                                        row.getObject(2, LocalDate.class)))
                        .list();
        var changed = 0;
        for (var one : open) {
            var wanted = new Open(Book.TEST, one.getKey());
            changed +=
                    Boolean.TRUE.equals(
                                    transactions.execute(
                                            _ -> cut(wanted, one.getValue(), now.plusMillis(1))))
                            ? 1
                            : 0;
        }
        return changed;
    }

    private boolean cut(Open open, LocalDate day, Instant before) {
        lockBook(open.book());
        var known =
                jdbc.sql(
                                "select count(*) from withdrawal_batch"
                                        + " where book = ? and currency = ? and cut_for = ?")
                        .params(open.book().wireName(), open.currency().code(), day)
                        .query(Long.class)
                        .single();
        if (known > 0) {
            return false;
        }
        withdrawals.tellBelowZero(open.book(), open.currency(), before);
        List<Withdrawal> leaving =
                jdbc.sql(
                                """
                                select w.* from withdrawal w join bank_account b on b.id = w.bank_account_id
                                 where w.book = ? and w.currency = ? and w.status = 'approved' and w.created_at < ?
                                   and b.status = 'active' and b.usable_from <= ?
                                   -- However many wait for a balance, they hold up nobody else.
                                   and exists (select 1 from merchant_balance m
                                                where m.book = w.book and m.merchant_id = w.merchant_id
                                                  and m.currency = w.currency and m.available_minor >= 0)
                                 order by w.created_at, w.id limit ? for no key update of w
                                """)
                        .params(
                                open.book().wireName(),
                                open.currency().code(),
                                Timestamp.from(before),
                                Timestamp.from(clock.instant()),
                                LARGEST)
                        .query((row, _) -> Withdrawals.withdrawal(row))
                        .list();
        var below = belowZero(open, leaving); // Those who came to owe meanwhile go another day.
        leaving = leaving.stream().filter(one -> !below.contains(one)).toList();
        if (leaving.isEmpty()) {
            return false; // They were canceled meanwhile, or have to wait.
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var id = "wdb_" + UlidCreator.getUlid(now.toEpochMilli());
        var total =
                leaving.stream()
                        .map(Withdrawal::amount)
                        .reduce(Money.zero(open.currency()), Money::plus);
        jdbc.sql("insert into withdrawal_batch values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        open.book().wireName(),
                        open.currency().code(),
                        day,
                        leaving.size(),
                        total.minorUnits(),
                        Timestamp.from(now))
                .update();
        journals.post(leaving.stream().map(one -> left(one, now)).toList());
        withdrawals.leave(id, leaving, now);
        log.info("Batch {} of {}: {} withdrawals, {}", id, day, leaving.size(), total);
        return true;
    }

    /**
     * Of merchants who owe us something: their money stays until they do not. Their balances stay
     * locked, so that what is not here can't come to owe before it has left.
     */
    private List<Withdrawal> belowZero(Open open, List<Withdrawal> some) {
        var owing =
                jdbc.sql(
                                """
                                select merchant_id, available_minor from merchant_balance
                                 where book = ? and currency = ? and merchant_id = any(?)
                                 order by merchant_id for no key update
                                """)
                        .params(
                                open.book().wireName(),
                                open.currency().code(),
                                some.stream()
                                        .map(Withdrawal::merchantId)
                                        .distinct()
                                        .toArray(String[]::new))
                        .query((row, _) -> row.getLong(2) < 0 ? row.getString(1) : "")
                        .list();
        return some.stream().filter(one -> owing.contains(one.merchantId())).toList();
    }

    /** Whoever changes balances of several merchants has the book. */
    void lockBook(Book book) {
        jdbc.sql("select 1 from book where id = ? for no key update")
                .param(book.wireName())
                .query(Integer.class)
                .single();
    }

    private static Journal left(Withdrawal one, Instant at) {
        return journal(
                one,
                JournalKind.WITHDRAWAL,
                "-left",
                at,
                LedgerEntry.debit(payable(one), one.amount()),
                LedgerEntry.credit(Account.of(AccountType.WITHDRAWAL_IN_TRANSIT), one.amount()));
    }

    static Account payable(Withdrawal one) {
        return Account.of(AccountType.MERCHANT_PAYABLE, one.merchantId());
    }

    static Journal journal(
            Withdrawal one, JournalKind kind, String suffix, Instant at, LedgerEntry... entries) {
        return new Journal(
                one.book(), one.id() + suffix, kind, one.id(), null, at, List.of(entries));
    }

    public Batch get(String id) {
        return find(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private Optional<Batch> find(String id) {
        return batches(" where id = ?", id).stream().findFirst();
    }

    /**
     * The newest first.
     *
     * @param book null for every book
     */
    public List<Batch> list(@Nullable Book book, int limit) {
        return book == null
                ? batches(" order by id desc limit ?", limit)
                : batches(" where book = ? order by id desc limit ?", book.wireName(), limit);
    }

    private List<Batch> batches(String which, Object... params) {
        return jdbc.sql("select * from withdrawal_batch" + which)
                .params(params)
                .query((row, _) ->
                        new Batch(
                                row.getString("id"),
                                Book.ofWireName(row.getString("book")).orElseThrow(),
                                row.getObject("cut_for", LocalDate.class),
                                row.getInt("withdrawals"),
                                new Money(
                                        row.getLong("total_minor"),
                                        Currency.of(row.getString("currency"))),
                                row.getTimestamp("cut_at").toInstant()))
                .list();
    }

    public List<Withdrawal> withdrawals(String batchId) {
        return jdbc.sql("select * from withdrawal where batch_id = ? order by id")
                .param(batchId)
                .query((row, _) -> Withdrawals.withdrawal(row))
                .list();
    }
}
