package io.ferrypay.paymentchannel.channel.payease;

import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.OID;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualStatementTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    @TempDir static Path files;
    private static PretendPayease payease;
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
    }

    @AfterAll
    static void close() {
        payease.close();
    }

    @BeforeEach
    void start() {
        payease.answers.clear();
        payease.asked.clear();
    }

    @Test
    void a_day_is_its_orders_asked_again_and_its_refunds() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        payease.answers.add(refunds());

        var answer = write(true, DAY);

        var text = sink.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .isEqualTo(
                        """
                        type,order_number,channel_reference,refund_reference,refund_number,amount,currency,status,settled
                        payment,FP01JD0000000000000000AB,20261125-888-FP01JD0000000000000000AB,,,557.40,CNY,paid,0
                        refund,FP01JD0000000000000000AB,20261125-888-FP01JD0000000000000000AB,R1,RF01JD0000000000000000ZZ,100.00,CNY,done,
                        """);
        assertThat(answer)
                .isEqualTo(
                        new StatementAnswer.Complete(
                                "payease-virtual-csv",
                                HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256")
                                                        .digest(sink.toByteArray())),
                                sink.size(),
                                false));
    }

    @Test
    void what_we_hold_as_paid_and_payease_does_not_is_a_line_too() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "2", "557.40"));
        payease.answers.add(noRefunds());

        assertThat(write(true, DAY)).isInstanceOf(StatementAnswer.Complete.class);
        assertThat(sink.toString(StandardCharsets.UTF_8)).contains(",557.40,CNY,pstatus_2,0\n");
    }

    @Test
    void what_nobody_paid_is_no_line() throws Exception {
        payease.answers.add(PretendPayease.refusal("Invalid order number"));
        payease.answers.add(noRefunds());

        assertThat(write(false, DAY)).isEqualTo(new StatementAnswer.EmptyDay());
    }

    @Test
    void a_payment_we_missed_shows() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        payease.answers.add(noRefunds());

        assertThat(write(false, DAY)).isInstanceOf(StatementAnswer.Complete.class);
        assertThat(sink.toString(StandardCharsets.UTF_8)).contains(",paid,0\n");
    }

    @Test
    void one_answer_missing_makes_the_whole_file_unknown() throws Exception {
        payease.answers.add(new MockResponse.Builder().code(500).build());
        assertThat(write(true, DAY)).isInstanceOf(StatementAnswer.Unknown.class);

        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        payease.answers.add(new MockResponse.Builder().code(500).build());
        assertThat(write(true, DAY)).isInstanceOf(StatementAnswer.Unknown.class);
    }

    @Test
    void a_day_that_is_not_over_has_no_statement() throws Exception {
        assertThat(write(true, DAY.plusDays(1))).isEqualTo(new StatementAnswer.NotReady());
        assertThat(write(true, DAY.plusDays(2)))
                .isEqualTo(new StatementAnswer.OutOfRange("FUTURE"));
        assertThat(payease.asked).isEmpty();
    }

    private StatementAnswer write(boolean paid, LocalDate day) throws Exception {
        sink.reset();
        var orders =
                new NoOrders() {
                    @Override
                    public List<BookedOrder> ofDay(
                            String accountId, LocalDate day, String after, int limit) {
                        var found = new ArrayList<BookedOrder>();
                        if (after.isEmpty()) {
                            found.add(new BookedOrder(ORDER, paid));
                        }
                        return found;
                    }
                };
        // Half past midnight in Beijing, and the day before in Greenwich.
        var clock = Clock.fixed(Instant.parse("2026-11-25T16:30:00Z"), ZoneOffset.UTC);
        return new VirtualStatement(orders, clock)
                .write(payease.open(payease.account()), day, sink);
    }

    private static MockResponse noRefunds() {
        return list("");
    }

    private static MockResponse refunds() {
        return list(
                PretendPayease.refund(
                        "R1", "100.00", "1", "2026-11-25 10:00:00", "RF01JD0000000000000000ZZ"));
    }

    private static MockResponse list(String rows) {
        return PretendPayease.xml(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <refundmessage><messagehead><status>0</status><statusdesc>Success</statusdesc><mid>888</mid><version>1.0</version></messagehead><messagebody>%s</messagebody></refundmessage>
                """
                        .formatted(rows),
                StandardCharsets.UTF_8);
    }
}
