package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Each kind of tampering, with the database's own guards off, is found; and undone it is not. */
class VerifyBooksTest extends LedgerTest {

    @Autowired private MeterRegistry metrics;
    private String payment;

    @BeforeEach
    void books_are_in_order() {
        var paid = paid("jdpay", "5.00 NZD", "23.00 CNY");
        happen(paid, paid("wechat", "7.00 NZD", "7.00 NZD"));
        payment = paid.subject();
        assertThat(checkBooks.check().violations()).isZero();
        assertThat(imbalance()).isZero();
    }

    @AfterEach
    void and_are_so_again() {
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    private double imbalance() {
        return metrics.get("ledger.imbalance").gauge().value();
    }

    @Test
    void all_of_the_books_are_looked_at() {
        var journals = count("journal");

        var report = verifyBooks.verify();

        assertThat(report.checks()).hasSizeGreaterThanOrEqualTo(11);
        assertThat(report.checks())
                .filteredOn(check ->
                        check.rule().equals("every_journal_sums_to_zero")
                                || check.rule().equals("every_chain_is_unbroken"))
                .hasSize(2)
                .allSatisfy(check -> assertThat(check.looked()).isEqualTo(journals));
        // Not every journal is one that the payments feed told of.
        assertThat(report.checks())
                .filteredOn(check -> check.rule().equals("everything_told_has_exactly_one_journal"))
                .singleElement()
                .satisfies(check ->
                        assertThat(check.looked())
                                .isPositive()
                                .isEqualTo(
                                        jdbc.sql("select count(*) from told_money")
                                                .query(Long.class)
                                                .single()));
        assertThat(report.heads())
                .extracting(BooksReport.Head::book)
                .containsExactly("test", "live");
    }

    @Test
    void an_amount_that_was_changed() {
        var where =
                " where line = 1 and (book, sequence) = (select book, sequence from journal where subject = '"
                        + payment
                        + "')";
        tamper("entry", "update entry set amount_minor = amount_minor + 1" + where);

        var report = checkBooks.check();

        assertThat(violated(report))
                .containsExactlyInAnyOrder(
                        "every_journal_sums_to_zero",
                        "every_balance_equals_its_entries",
                        "every_chain_is_unbroken");
        assertThat(imbalance()).isEqualTo((double) report.violations()).isPositive();
        tamper("entry", "update entry set amount_minor = amount_minor - 1" + where);
    }

    @Test
    void amounts_that_were_changed_so_that_they_still_balance() {
        var where =
                " where currency = 'NZD' and (book, sequence) = (select book, sequence from journal where subject = '"
                        + payment
                        + "')";
        tamper("entry", "update entry set amount_minor = amount_minor * 2" + where);
        tamper(
                "account_balance",
                "update account_balance b set balance_minor = (select sum(amount_minor) from entry e where e.account_id = b.account_id)");

        assertThat(violated(verifyBooks.verify()))
                .containsExactlyInAnyOrder(
                        "every_chain_is_unbroken",
                        "every_merchant_is_owed_what_was_told",
                        "every_balance_of_a_merchant_is_what_it_is_owed");
        tamper("entry", "update entry set amount_minor = amount_minor / 2" + where);
        tamper(
                "account_balance",
                "update account_balance b set balance_minor = (select sum(amount_minor) from entry e where e.account_id = b.account_id)");
    }

    @Test
    void a_balance_that_was_set() {
        var where = " where account_id = (select min(account_id) from account_balance)";
        tamper(
                "account_balance",
                "update account_balance set balance_minor = balance_minor + 5" + where);

        assertThat(check("every_balance_equals_its_entries").violations()).isEqualTo(1);
        tamper(
                "account_balance",
                "update account_balance set balance_minor = balance_minor - 5" + where);
    }

    @Test
    void a_journal_that_says_something_else_happened() {
        tamper(
                "journal",
                "update journal set happened_at = happened_at + interval '1 day' where subject = '"
                        + payment
                        + "'");

        assertThat(violated(verifyBooks.verify())).containsExactly("every_chain_is_unbroken");
        tamper(
                "journal",
                "update journal set happened_at = happened_at - interval '1 day' where subject = '"
                        + payment
                        + "'");
    }

    @Test
    void a_head_that_was_moved() {
        tamper("book", "update book set last_sequence = last_sequence + 1 where id = 'test'");

        assertThat(check("every_chain_is_unbroken").examples())
                .containsExactly("test: does not end where its head says");
        tamper("book", "update book set last_sequence = last_sequence - 1 where id = 'test'");
    }

    @Test
    void a_payment_that_was_told_and_not_booked() {
        var event = newId("evt_");
        jdbc.sql("insert into told_money values (?, 'test', 'payment', ?, ?, 500, 'NZD')")
                .params(event, newId("pay_"), merchant)
                .update();

        assertThat(violated(verifyBooks.verify()))
                .containsExactlyInAnyOrder(
                        "everything_told_has_exactly_one_journal",
                        "every_merchant_is_owed_what_was_told",
                        "every_position_is_what_was_told");
        tamper("told_money", "delete from told_money where event_id = '" + event + "'");
    }

    @Test
    void a_payment_that_was_booked_and_never_told() {
        tamper(
                "told_money",
                "update told_money set subject = subject || 'x' where subject = '" + payment + "'");

        assertThat(check("everything_told_has_exactly_one_journal").violations()).isEqualTo(2);
        tamper(
                "told_money",
                "update told_money set subject = rtrim(subject, 'x') where subject like '"
                        + payment
                        + "%'");
    }

    @Test
    void an_event_that_was_parked() {
        jdbc.sql(
                        "insert into parked_event values ('payment-channel-service', 'evt_parked', 'payment.paid', 'pay_1', 1, now(), '{}', 'no charge', 5, now())")
                .update();

        assertThat(check("no_event_waits_to_be_booked").examples())
                .containsExactly("evt_parked payment.paid");
        jdbc.sql("delete from parked_event").update();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static java.util.List<String> violated(BooksReport report) {
        return report.checks().stream()
                .filter(check -> check.violations() > 0)
                .map(BooksReport.Check::rule)
                .toList();
    }
}
