package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.pricing.ChangePrices;
import io.ferrypay.tradeadmin.pricing.ChangePrices.Change;
import io.ferrypay.tradeadmin.pricing.PriceKind;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import io.ferrypay.tradeadmin.pricing.PriceRule;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.withdrawal.BankAccounts;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer;
import io.ferrypay.tradeadmin.withdrawal.WithdrawMoney;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * Many payments and refunds through the real follower, told in a bad order, again and again, by a
 * feed that stumbles, to a process that is killed (SIGKILL) again and again while it books, and
 * whose connections to the database are cut besides; money leaves meanwhile. Seeded, so a failure
 * can be repeated.
 */
class SoakTest extends LedgerTest {

    private static final long SEED = 20_261_124;
    private static final int PAYMENTS = 14_000;
    private static final int LEAST_EVENTS = 20_000;
    private static final String TOLD =
            "journal where kind in ('payment', 'refund', 'surplus', 'surplus_refund')";
    private static final List<TakeBankAnswer.Said> SAID = List.of(TakeBankAnswer.Said.values());
    private static final int LEAST_CUTS = 3;
    private static final int KILLS = 4;

    /** How a process ends that was killed: 128 and the signal's number. */
    private static final int SIGKILL = 137;

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Random random = new Random(SEED);
    private final Map<String, Long> owed = new HashMap<>();

    @Value("${spring.datasource.url}")
    private String url = "";

    @Value("${spring.datasource.username}")
    private String user = "";

    @Value("${spring.datasource.password:}")
    private String password = "";

    @Autowired private ChangePrices prices;
    @Autowired private SettleChannelDays settle;
    @Autowired private WithdrawMoney withdraw;
    @Autowired private BankAccounts accounts;
    @Autowired private Batches batches;
    @Autowired private TakeBankAnswer answers;
    private final Map<String, String> bankAccounts = new HashMap<>();
    private int withdrawals;
    private Instant priced = Instant.EPOCH;

    @Test
    void nothing_is_lost_and_nothing_is_booked_twice() throws InterruptedException, IOException {
        putInForce("NZD", RefundFee.KEEP);
        putInForce("AUD", RefundFee.RETURN);
        var events = events();
        assertThat(events).hasSizeGreaterThan(LEAST_EVENTS);
        var before = count(TOLD);
        owed.keySet().forEach(this::openAccount);
        var told = Files.createTempFile("soak-", ".jsonl");
        KilledBookkeeper.write(told, told(events));
        var cuts = 0;
        var kills = 0;
        @Nullable Process books = null;
        try {
            var end = System.nanoTime() + LIMIT.toNanos();
            books = begin(told, kills);
            while (System.nanoTime() < end) {
                Thread.sleep(20 + random.nextInt(120));
                if (!books.isAlive()) {
                    assertThat(books.exitValue()).isZero();
                    break;
                }
                if (random.nextInt(6) == 0) {
                    cuts += cutConnections();
                }
                moneyLeaves();
                var booked = count(TOLD) - before;
                if (kills < KILLS && booked > events.size() * (kills + 1L) / (KILLS + 2)) {
                    books.destroyForcibly().waitFor();
                    assertThat(books.exitValue()).isEqualTo(SIGKILL);
                    kills++;
                    books = begin(told, kills);
                }
            }
        } finally {
            if (books != null) {
                books.destroyForcibly();
            }
            Files.delete(told);
        }

        assertThat(kills).isEqualTo(KILLS);
        assertThat(cuts).isGreaterThanOrEqualTo(LEAST_CUTS);
        assertThat(count("withdrawal where reference = 'soak' and status = 'paid'")).isPositive();
        assertThat(count("withdrawal where reference = 'soak' and status = 'failed'")).isPositive();
        assertThat(count(TOLD)).isEqualTo(before + events.size());
        assertThat(count("journal where kind = 'fee_return'")).isPositive();
        assertThat(count("parked_event")).isZero();
        owed.forEach((account, amount) -> {
            var parts = account.split(" ", 2);
            assertThat(balance("test", "merchant-payable", parts[0], parts[1]))
                    .as(account)
                    .isEqualTo(-amount + gone(parts[0], parts[1]));
        });
        var report = verifyBooks.verify();
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.examples()).as(check.rule()).isEmpty());
        assertThat(report.violations()).isZero();
    }

    private Process begin(Path told, int life) throws IOException {
        var process =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx300m",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledBookkeeper.class.getName(),
                        url,
                        user,
                        told.toString(),
                        String.valueOf(SEED + life));
        process.environment().put(KilledBookkeeper.PASSWORD, password);
        process.redirectErrorStream(true)
                .redirectOutput(Path.of("target", "killed-bookkeeper-" + life + ".log").toFile());
        return process.start();
    }

    /** For everybody who has no list of its own: 0.8 % and 0.30. */
    private void putInForce(String currency, RefundFee refundFee) {
        priced =
                prices.change(
                                new Change(
                                        PriceKind.FEE,
                                        "",
                                        Currency.of(currency),
                                        0,
                                        null,
                                        refundFee,
                                        List.of(
                                                new PriceRule(
                                                        "",
                                                        0,
                                                        new BigDecimal("0.008"),
                                                        30,
                                                        null,
                                                        null)),
                                        "Soak"),
                                "test")
                        .effectiveFrom()
                        .plusSeconds(1);
    }

    private void openAccount(String owner) {
        var parts = owner.split(" ", 2);
        bankAccounts.put(
                owner,
                accounts.add(
                                Book.TEST,
                                parts[0],
                                Currency.of(parts[1]),
                                "Soak",
                                "12-3456-0123456-00",
                                null)
                        .id());
    }

    /**
     * Settles, withdraws, sends a batch and hears of it from the bank, each now and then, while
     * connections are cut: what is refused or cut off is asked for again another time.
     */
    private void moneyLeaves() {
        try {
            settle.run(LocalDate.parse("2026-11-27"));
            for (var owner : bankAccounts.entrySet()) {
                if (random.nextInt(6) == 0) {
                    withdraw(owner.getKey(), owner.getValue());
                }
            }
            batches.cut(LocalDate.of(2031, 1, 1).plusDays(withdrawals++), Instant.now());
            var newest = batches.list(null, 1);
            if (!newest.isEmpty()) {
                hearOf(newest.getFirst());
            }
        } catch (RuntimeException _) {
            // Its connection was cut, or there was less than was wanted.
        }
    }

    private void withdraw(String owner, String account) {
        var parts = owner.split(" ", 2);
        var key = "soak-" + random.nextInt(2_000);
        withdraw.ask(
                new WithdrawMoney.Wanted(
                        Book.TEST,
                        parts[0],
                        new Money(100 + random.nextInt(5_000), Currency.of(parts[1])),
                        account,
                        "soak",
                        key,
                        key));
    }

    private void hearOf(Batches.Batch batch) {
        var lines =
                batches.withdrawals(batch.id()).stream()
                        .map(one ->
                                new TakeBankAnswer.BankLine(
                                        one.id(),
                                        one.amount(),
                                        SAID.get(random.nextInt(SAID.size())),
                                        null))
                        .toList();
        var file =
                new TakeBankAnswer.BankFile(
                        newId("file"), batch.withdrawals(), batch.total(), lines, null);
        answers.apply(batch, file, "soak");
        answers.apply(batch, file, "soak");
    }

    private long gone(String owner, String currency) {
        return jdbc.sql(
                        "select coalesce(sum(amount_minor), 0)::bigint from withdrawal"
                                + " where merchant_id = ? and currency = ?"
                                + " and status in ('in_batch', 'unknown', 'paid')")
                .params(owner, currency)
                .query(Long.class)
                .single();
    }

    private static long fee(long amount) {
        return Math.min(amount, 30 + (amount * 8 + 500) / 1000);
    }

    private List<Event> events() {
        var merchants = new ArrayList<String>();
        for (var i = 0; i < 40; i++) {
            merchants.add(newId("mer_"));
        }
        var events = new ArrayList<Event>();
        for (var i = 0; i < PAYMENTS; i++) {
            // One of them receives a third of all.
            var to = merchants.get(random.nextInt(3) == 0 ? 0 : random.nextInt(merchants.size()));
            var currency = random.nextInt(5) == 0 ? "AUD" : "NZD";
            var yuan = random.nextInt(3) == 0;
            var channel =
                    yuan
                            ? (random.nextBoolean() ? "jdpay" : "payease")
                            : (random.nextBoolean() ? "wechat" : "alipay");
            var amount = 100 + random.nextInt(50_000);
            var paid =
                    madeAt(
                            paid(
                                    newId("pay_"),
                                    to,
                                    false,
                                    channel,
                                    text(amount, currency),
                                    charged(amount, currency, yuan)),
                            priced);
            events.add(paid);
            owe(to, currency, amount - fee(amount));
            var left = amount;
            while (left > 1 && random.nextInt(3) == 0) {
                var part = 1 + random.nextInt(left - 1);
                left -= part;
                events.add(
                        refunded(
                                paid.subject(),
                                to,
                                "requested",
                                channel,
                                text(part, currency),
                                charged(part, currency, yuan)));
                owe(to, currency, -part);
            }
            if (currency.equals("AUD")) {
                var back = fee(amount) * 2L * (amount - left);
                owe(to, currency, (back + amount) / (2L * amount));
            }
            if (random.nextInt(50) == 0) {
                var owedText = text(amount, currency);
                var took = charged(amount, currency, yuan);
                events.add(
                        surplusPaid(paid.subject(), to, newId("ORDER"), channel, owedText, took));
                events.add(refunded(paid.subject(), to, "surplus", channel, owedText, took));
            }
        }
        return events;
    }

    private void owe(String to, String currency, long amount) {
        owed.merge(to + " " + currency, amount, Long::sum);
    }

    private static String charged(long amount, String currency, boolean yuan) {
        return yuan ? text(Math.ceilDiv(amount * 4645, 1000), "CNY") : text(amount, currency);
    }

    private static String text(long minorUnits, String currency) {
        return minorUnits / 100 + "." + "%02d".formatted(minorUnits % 100) + " " + currency;
    }

    /** Every event at least once, a tenth of them again, near their place or far from it. */
    private List<Event> told(List<Event> events) {
        var told = new ArrayList<>(events);
        for (var i = 0; i < events.size() / 10; i++) {
            told.add(random.nextInt(told.size()), events.get(random.nextInt(events.size())));
        }
        for (var from = 0; from + 200 < told.size(); from += 150) {
            if (random.nextInt(3) == 0) {
                Collections.shuffle(told.subList(from, from + 200), random);
            }
        }
        return told;
    }

    /** Cuts what is at work right now; what is idle has nothing to lose. */
    private int cutConnections() {
        try {
            return jdbc.sql(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                    + " where usename = current_user and datname = current_database()"
                                    + " and pid <> pg_backend_pid() and state <> 'idle'")
                    .query(Boolean.class)
                    .list()
                    .size();
        } catch (RuntimeException _) {
            return 0; // Our own connection was one that had been cut.
        }
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
