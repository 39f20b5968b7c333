package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.channel.ProvidesRates.ChannelRate;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

    private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 23);
    private static final String LINES =
            """
            FP01|120.00|NZD|20261123101500||P|1.20|P|
            RF01|20.00|NZD|20261123111500||R|0.00|P|
            """;

    @TempDir private Path files;
    private PretendAlipay alipay;
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        alipay = new PretendAlipay(files);
    }

    @AfterEach
    void stop() {
        alipay.close();
    }

    private RatesAnswer rates(MockResponse answer) {
        alipay.answers.add(answer);
        return alipay.channel().rates("alipay-test", Set.of("NZD", "XXX"));
    }

    private StatementAnswer statement(LocalDate day, MockResponse answer) throws IOException {
        alipay.answers.add(answer);
        return alipay.channel().statement("alipay-test", day, sink);
    }

    @Test
    void the_newest_rate_of_a_currency_counts() {
        assertThat(
                        rates(
                                text(
                                        """
                                        20261123|100030|NZD|4.600000|
                                        20261124|100030|NZD|4.645000|
                                        20261124|100030|KRW|0.005020|
                                        """)))
                .isEqualTo(
                        new RatesAnswer.Known(
                                List.of(
                                        new ChannelRate(
                                                "NZD",
                                                new BigDecimal("4.645000"),
                                                Instant.parse("2026-11-24T02:00:30Z")))));
        assertThat(alipay.asked("forex_rate_file")).containsKey("sign");
    }

    @Test
    void what_is_no_rate_file_gives_no_rates() {
        assertThat(rates(text(""))).isEqualTo(new RatesAnswer.NotYet());
        for (var answer :
                List.of(
                        text("File download failed: busy"),
                        text("20261124|100030|NZD|free|\n"),
                        text("20261124|100030|NZD|0.000000|\n"),
                        text("20261124|100030|NZD|4.6|\n".repeat(10_000)),
                        refusal("ILLEGAL_SIGN"),
                        text("<html>").newBuilder().code(502).build())) {
            assertThat(rates(answer)).isInstanceOf(RatesAnswer.Unknown.class);
        }
    }

    @Test
    void a_days_file_is_handed_on_byte_for_byte() throws Exception {
        var answer = statement(YESTERDAY, text(LINES));

        var bytes = LINES.getBytes(StandardCharsets.UTF_8);
        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(answer)
                .isEqualTo(
                        new StatementAnswer.Complete(
                                "alipay-forex-compare", sha256, bytes.length, false));
        assertThat(sink.toByteArray()).isEqualTo(bytes);
        assertThat(alipay.asked("forex_compare_file"))
                .containsEntry("start_date", "20261123")
                .containsEntry("end_date", "20261123");
    }

    @Test
    void what_was_settled_on_a_day_is_a_file_of_its_own() throws Exception {
        alipay.answers.add(text(LINES.replace("|P|1.20|P|", "|P|1.20|L|")));

        var answer = alipay.channel().settlementFile("alipay-test", YESTERDAY, sink);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        StatementAnswer.Complete.class,
                        complete ->
                                assertThat(complete.format())
                                        .isEqualTo("alipay-forex-liquidation"));
        assertThat(sink.toString(StandardCharsets.UTF_8)).contains("|L|");
        var asked = alipay.asked("forex_liquidation_file");
        assertThat(asked)
                .containsEntry("start_date", "20261123")
                .containsEntry("end_date", "20261123");

        alipay.answers.add(text("No balance account data in the period"));
        assertThat(alipay.channel().settlementFile("alipay-test", YESTERDAY, sink))
                .isInstanceOf(StatementAnswer.EmptyDay.class);
    }

    @Test
    void alipays_words_say_why_there_is_no_file() throws Exception {
        assertThat(statement(YESTERDAY, text("No balance account data in the period")))
                .isEqualTo(new StatementAnswer.EmptyDay());
        assertThat(statement(YESTERDAY, text("Finish date not ahead of today")))
                .isEqualTo(new StatementAnswer.NotReady());
        assertThat(statement(YESTERDAY, text("Illegal Date period!")))
                .isInstanceOf(StatementAnswer.OutOfRange.class);
        assertThat(statement(YESTERDAY, text("System exception")))
                .isInstanceOf(StatementAnswer.Unknown.class);
        assertThat(statement(YESTERDAY, refusal("ILLEGAL_SIGN")))
                .isInstanceOf(StatementAnswer.Unknown.class);
        assertThat(sink.size()).isZero();
    }

    @Test
    void a_day_that_is_not_over_is_not_asked_for() throws Exception {
        var channel = alipay.channel();

        assertThat(channel.statement("alipay-test", LocalDate.of(2026, 11, 24), sink))
                .isEqualTo(new StatementAnswer.NotReady());
        assertThat(channel.statement("alipay-test", LocalDate.of(2026, 11, 25), sink))
                .isInstanceOf(StatementAnswer.OutOfRange.class);
        assertThat(alipay.asked).isEmpty();
    }

    @Test
    void a_file_that_breaks_off_is_not_complete() throws Exception {
        var cut =
                text(LINES.repeat(10_000))
                        .newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build();

        assertThat(statement(YESTERDAY, cut)).isInstanceOf(StatementAnswer.Unknown.class);
    }

    @Test
    void a_full_disk_is_our_trouble_and_not_alipays() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left");
                    }
                };
        alipay.answers.add(text(LINES));

        assertThatThrownBy(() -> alipay.channel().statement("alipay-test", YESTERDAY, full))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
    }
}
