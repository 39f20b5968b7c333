package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A payment and a refund of two days ago are in every company's statement of that day. The
 * companies' clock is put back for everybody, so nothing else may run.
 */
@Isolated
@Order(80)
class StatementOfTheDayTest {

    private static final Duration BACK = Duration.ofDays(2);

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void the_statement_of_the_day_has_the_payment_and_the_refund() throws Exception {
        var day = LocalDate.now(ZoneOffset.ofHours(8)).minusDays(BACK.toDays());
        var companies = Company.all(platform);
        var happened = new HashMap<Company, Happened>();
        setClockBack(BACK);
        try {
            for (var company : companies) {
                happened.put(company, new Till(company).payAndRefundSome(BACK));
            }
            for (var company : companies) {
                new Till(company).finished(happened.get(company));
            }
        } finally {
            setClockBack(Duration.ZERO);
        }
        for (var company : companies) {
            var statement =
                    platform.fetchInternally(
                            "/internal/channel-accounts/"
                                    + company.account()
                                    + "/statements/"
                                    + day);
            assertThat(statement.status()).as("%s: %s", company, statement).isEqualTo(200);
            var it = happened.get(company);
            var lines = company.statementLines(statement.body().toByteArray());
            var payments =
                    lines.stream().filter(line -> !line.contains(it.refundNumber())).toList();
            assertThat(about(payments, it.order().number(), it.charged().toPlainString()))
                    .as("payment in the statement of %s", company)
                    .hasSize(1);
            assertThat(about(lines, it.refundNumber(), it.givenBack().toPlainString()))
                    .as("refund in the statement of %s", company)
                    .hasSize(1);
            assertThat(statement.headers().get("Statement-Verified"))
                    .isEqualTo(String.valueOf(company instanceof Wechat));
            Findings.shown(
                    "the_statement_of_the_day_has_the_payment_and_the_refund", company.title());
        }
        assertThat(
                        platform.fetchInternally(
                                        "/internal/channel-accounts/wechat-test/statements/"
                                                + LocalDate.now(ZoneOffset.ofHours(8)))
                                .status())
                .as("a day that is not over")
                .isEqualTo(503);
    }

    private static List<String> about(List<String> lines, String number, String amount) {
        return lines.stream()
                .filter(line -> line.contains(number) && line.contains(amount))
                .toList();
    }

    private void setClockBack(Duration by) {
        assertThat(
                        platform.sandbox(
                                        "POST",
                                        "/control/clock",
                                        Map.of("offset_seconds", -by.toSeconds()))
                                .status())
                .isEqualTo(200);
    }

    /**
     * @param charged what the company was told, like {@code givenBack}
     */
    private record Happened(
            io.ferrypay.acceptance.contract.Order order,
            String refund,
            String refundNumber,
            BigDecimal charged,
            BigDecimal givenBack) {}

    private static final class Till extends Shopping {

        Till(Company company) {
            super(company.platform, company);
        }

        Happened payAndRefundSome(Duration back) {
            var order = company.setBack(this, open(company.choice()), back);
            company.pay(order);
            becomesPaid(order);
            company.setPaidBack(order, back);
            var refund = refund(order, "20.00");
            return new Happened(
                    order,
                    refund,
                    platform.queryOne(
                            "payment_channel",
                            "select refund_number from refund where id = ?",
                            refund),
                    charged(order),
                    Company.hundredths(
                            platform.count(
                                    "payment_channel",
                                    "select channel_amount_minor from refund where id = ?",
                                    refund)));
        }

        void finished(Happened it) {
            eventually(minutes(2)).until(() -> refundStatus(it.refund()).equals("succeeded"));
        }
    }
}
