package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses, whoever asks. */
class DatabaseRulesTest extends LedgerTest {

    private String payment;

    @BeforeEach
    void something_is_booked() {
        var paid = paid("wechat", "5.00 NZD", "5.00 NZD");
        happen(paid);
        payment = paid.subject();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal set subject = 'x'",
                "delete from journal",
                "truncate journal cascade",
                "update entry set amount_minor = amount_minor + 1",
                "delete from entry",
                "truncate entry",
                "update account set owner = 'x'",
                "delete from account",
                "update told_money set amount_minor = 1",
                "delete from told_money",
                "update account_balance set balance_minor = 0",
                "delete from account_balance",
                "insert into account_balance select id, 0, 0 from account",
                "update book set last_sequence = 0",
                "update price_list set effective_from = effective_from",
                "delete from price_rule",
                "delete from merchant_tier",
                "delete from payment_position",
                "update merchant_balance set available_minor = available_minor + 1",
                "update merchant_balance set reserved_minor = 0, available_minor = 0",
                "insert into merchant_balance values ('test', 'mer_x', 'NZD', 0, 5, 0)",
                "delete from merchant_balance",
                "delete from balance_hold"
            })
    void what_is_booked_stays(String statement) {
        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .hasMessageMatching("(?s).*(is never changed|follows what is booked).*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merchant_id = 'mer_x'",
                "amount_minor = amount_minor + 1",
                "fee_minor = fee_minor + 1",
                "day = day + 1",
                "fee_returns = not fee_returns",
                "refunded_minor = refunded_minor - 1",
                "fee_returned_minor = fee_returned_minor - 1",
                "settlement_id = 'stl_other'",
                "settlement_id = null"
            })
    void a_position_only_gets_what_was_not_told_yet(String change) {
        var here = " where payment_id = '" + payment + "'";
        jdbc.sql("update payment_position set refunded_minor = 5, settlement_id = 'stl_1'" + here)
                .update();

        assertThatThrownBy(() -> jdbc.sql("update payment_position set " + change + here).update())
                .hasMessageContaining("a position only gets what was not told yet");

        tamper(
                "payment_position",
                "update payment_position set refunded_minor = 0, settlement_id = null" + here);
        tamper(
                "merchant_balance",
                "update merchant_balance set pending_minor = 500, available_minor = 0"
                        + " where merchant_id = '"
                        + merchant
                        + "'");
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void nothing_is_set_aside_that_is_not_there_by_whatever_statement() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            // Even if the guard against statements by hand is gone.
                            jdbc.sql(
                                            "drop trigger if exists balances_of_merchants_follow"
                                                    + " on merchant_balance")
                                    .update();
                            jdbc.sql(
                                            "insert into merchant_balance"
                                                    + " values ('test', 'mer_x', 'NZD', 0, -5, 5)")
                                    .update();
                        }))
                .hasMessageContaining("more is set aside than is available");
        for (var hold : List.of(merchant, "mer_nobody")) {
            assertThatThrownBy(() ->
                            jdbc.sql(
                                            "insert into balance_hold values"
                                                    + " ('hold_x', 'test', ?, 'NZD', 1, 'R', 'per_1', now())")
                                    .param(hold)
                                    .update())
                    .hasMessageMatching("(?s).*(more is set aside|no balance to set aside).*");
        }
    }

    @Test
    void a_hold_is_only_released() {
        jdbc.sql("update payment_position set settlement_id = 'stl_2' where payment_id = ?")
                .param(payment)
                .update();
        var hold = newId("hold_");
        jdbc.sql("insert into balance_hold values (?, 'test', ?, 'NZD', 100, 'R', 'per_1', now())")
                .params(hold, merchant)
                .update();

        for (var change :
                List.of(
                        "amount_minor = 1",
                        "reason = 'x'",
                        "amount_minor = 1, released_by = 'x', released_at = now()")) {
            assertThatThrownBy(() ->
                            jdbc.sql("update balance_hold set " + change + " where id = ?")
                                    .param(hold)
                                    .update())
                    .hasMessageContaining("stands as it was placed");
        }
        var release =
                jdbc.sql(
                                "update balance_hold set released_by = 'x', released_at = now()"
                                        + " where id = ?")
                        .param(hold);
        release.update();
        assertThatThrownBy(release::update).hasMessageContaining("stands as it was placed");
        assertThat(check("what_is_set_aside_has_a_reason").violations()).isZero();
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void a_journal_that_does_not_balance_is_refused() {
        assertThatThrownBy(() -> write("NZD", 100, -99)).hasMessageContaining("sums to zero");
    }

    @Test
    void a_journal_that_balances_only_across_currencies_is_refused() {
        happen(paid("wechat", "5.00 AUD", "5.00 AUD"));

        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            entry(1, "NZD", 100);
                            entry(2, "AUD", -100);
                            journal();
                        }))
                .hasMessageContaining("sums to zero");
    }

    @Test
    void a_journal_without_entries_is_refused() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> journal()))
                .hasMessageContaining("sums to zero");
    }

    @Test
    void entries_without_a_journal_are_refused() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            entry(1, "NZD", 100);
                            entry(2, "NZD", -100);
                        }))
                .hasMessageContaining("an_entry_has_a_journal");
    }

    @Test
    void a_journal_gets_no_more_entries_even_if_they_balance() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            entryAt("(select last_sequence from book where id = 'test')", 8, 100);
                            entryAt("(select last_sequence from book where id = 'test')", 9, -100);
                        }))
                .hasMessageContaining("complete when it is written");
    }

    @Test
    void a_journal_leaves_no_gap() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            var sequence = "(select last_sequence + 2 from book where id = 'test')";
                            entryAt(sequence, 1, 100);
                            entryAt(sequence, 2, -100);
                            journalAt(sequence);
                        }))
                .hasMessageContaining("end of its book");
    }

    @Test
    void an_entry_stays_in_its_book_and_currency() {
        assertThatThrownBy(() ->
                        jdbc.sql(
                                        "insert into entry select 'live', 999999999, 1, a.id, a.currency, 5 from account a where a.book = 'test' limit 1")
                                .update())
                .hasMessageContaining("an_entry_stays_in_its_book_and_currency");
    }

    @Test
    void writers_at_the_same_time_write_one_chain() throws Exception {
        var batches = new ArrayList<Callable<Void>>();
        for (var i = 0; i < 16; i++) {
            var events =
                    List.of(
                            paid("wechat", "1.00 NZD", "1.00 NZD"),
                            paid("alipay", "1.00 NZD", "1.00 NZD"));
            batches.add(() -> {
                happen(events);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(batches)) {
                done.get();
            }
        }

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-500 - 3200);
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void the_same_event_brought_by_many_at_once_is_booked_once() throws Exception {
        var event = paid("wechat", "1.00 NZD", "1.00 NZD");
        Callable<Void> bring =
                () -> {
                    happen(event);
                    return null;
                };
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(java.util.Collections.nCopies(8, bring))) {
                done.get();
            }
        }

        assertThat(balance("test", "merchant-payable", merchant, "NZD")).isEqualTo(-600);
    }

    private void write(String currency, long debit, long credit) {
        transaction.executeWithoutResult(_ -> {
            entry(1, currency, debit);
            entry(2, currency, credit);
            journal();
        });
    }

    private void entry(int line, String currency, long amount) {
        jdbc.sql(
                        "insert into entry values ('test', (select last_sequence + 1 from book where id = 'test'), ?,"
                                + " (select min(id) from account where book = 'test' and currency = ?), ?, ?)")
                .params(line, currency, currency, amount)
                .update();
    }

    private void entryAt(String sequence, int line, long amount) {
        jdbc.sql(
                        "insert into entry values ('test', "
                                + sequence
                                + ", ?, (select min(id) from account where book = 'test' and currency = 'NZD'), 'NZD', ?)")
                .params(line, amount)
                .update();
    }

    private void journal() {
        journalAt("(select last_sequence + 1 from book where id = 'test')");
    }

    private void journalAt(String sequence) {
        jdbc.sql(
                        "insert into journal values ('test', "
                                + sequence
                                + ", ?, 'payment', ?, null, now(), clock_timestamp() + interval '1 hour', '\\x00')")
                .params(newId("evt_"), payment + "x")
                .update();
    }
}
