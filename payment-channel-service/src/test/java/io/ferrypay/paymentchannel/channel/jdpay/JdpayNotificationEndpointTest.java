package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.NUMBER;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.SHOP;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.paidNotification;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import io.ferrypay.paymentchannel.channel.notification.TestInbox;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

@ExtendWith(OutputCaptureExtension.class)
class JdpayNotificationEndpointTest {

    private static final String PATH = "/channels/jdpay/notifications/jdpay-test";

    @TempDir static Path files;
    private static PretendJdpay jd;
    private static HikariDataSource dataSource;
    private static JdbcClient jdbc;
    private static JdpayAccount account;

    private final List<ChannelReport> reports = new CopyOnWriteArrayList<>();
    private final AtomicReference<ApplyChannelReport.Result> verdict =
            new AtomicReference<>(new ApplyChannelReport.Result.Applied());
    private MockMvc mvc;

    @BeforeAll
    static void open() throws IOException {
        jd = new PretendJdpay(files);
        account = jd.open();
        var schema = TestPostgres.schema("payment_channel");
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(schema.jdbcUrl());
        dataSource.setUsername(schema.username());
        dataSource.setPassword(schema.password());
        dataSource.setMaximumPoolSize(10);
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/V2__wechat_notifications.sql"),
                        new ClassPathResource("db/migration/V5__channel_notifications.sql"))
                .execute(dataSource);
        jdbc = JdbcClient.create(dataSource);
    }

    @AfterAll
    static void close() {
        dataSource.close();
        jd.close();
    }

    @BeforeEach
    void start() {
        jdbc.sql("truncate channel_notification").update();
        mvc =
                MockMvcBuilders.standaloneSetup(
                                new JdpayNotificationController(
                                        new JdpayAccounts(List.of(account)),
                                        TestInbox.of(dataSource, this::apply, 120),
                                        Clock.systemUTC()))
                        .build();
    }

    private ApplyChannelReport.Result apply(ChannelReport report) {
        reports.add(report);
        return verdict.get();
    }

    private MockHttpServletResponse post(String body) throws Exception {
        return post(PATH, body.getBytes(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse post(String path, byte[] body) throws Exception {
        return mvc.perform(
                        MockMvcRequestBuilders.post(path)
                                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                                .content(body))
                .andReturn()
                .getResponse();
    }

    private static List<Map<String, Object>> kept() {
        return jdbc.sql("select * from channel_notification order by id").query().listOfRows();
    }

    @Test
    void a_genuine_notification_is_applied_kept_and_answered_with_success() throws Exception {
        var response = post(paidNotification());

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("success");
        assertThat(response.getContentType()).startsWith("text/plain");
        assertThat(reports)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.orderNumber()).isEqualTo(NUMBER);
                    assertThat(report.subMerchantId()).isEqualTo(SHOP);
                    assertThat(report.source()).isEqualTo(ChannelReport.Source.NOTIFICATION);
                    assertThat(report.outcome())
                            .isInstanceOfSatisfying(
                                    ChannelOutcome.Succeeded.class,
                                    paid -> {
                                        assertThat(paid.charged())
                                                .isEqualTo(
                                                        new ChannelOutcome.Charged(55_740, "CNY"));
                                        assertThat(paid.paidAt())
                                                .isEqualTo(Instant.parse("2026-11-24T04:17:02Z"));
                                    });
                    assertThat(report.evidence()).doesNotContain("张三", "622848");
                });
        assertThat(kept())
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("verdict", "accepted")
                                .containsEntry("order_number", NUMBER));
    }

    @Test
    void many_copies_are_applied_once_and_all_answered_with_success() throws Exception {
        var body = paidNotification();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> threads.submit(() -> post(body).getContentAsString()))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("success");
            }
        }

        assertThat(reports).hasSize(1);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void an_order_not_known_yet_makes_jd_come_again() throws Exception {
        verdict.set(new ApplyChannelReport.Result.UnknownOrder());
        var early = post(paidNotification());
        verdict.set(new ApplyChannelReport.Result.Applied());
        var later = post(paidNotification());

        assertThat(early.getContentAsString()).isEqualTo("fail");
        assertThat(early.getStatus()).isEqualTo(404);
        assertThat(later.getContentAsString()).isEqualTo("success");
        assertThat(kept()).extracting("verdict").containsExactly("refused", "accepted");
    }

    @Test
    void what_jd_signed_and_does_not_fit_is_parked_and_jd_need_not_come_again() throws Exception {
        verdict.set(new ApplyChannelReport.Result.Refused("wrong_amount"));

        var response = post(paidNotification(NUMBER, SHOP, "55741"));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("success");
        assertThat(kept())
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("verdict", "refused")
                                .containsEntry("reason", "wrong_amount")
                                .containsEntry("verified", true));
    }

    @Test
    void without_its_note_nobody_knows_whose_order_it_is() throws Exception {
        assertThat(post(paidNotification(NUMBER, "", "55740")).getContentAsString())
                .isEqualTo("success");
        assertThat(reports).isEmpty();
        assertThat(kept())
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("reason", "no_shop")
                                .containsEntry("verified", true));
    }

    @Test
    void a_failed_payment_is_a_declined_one() throws Exception {
        post(failed());

        assertThat(reports)
                .singleElement()
                .satisfies(report ->
                        assertThat(report.outcome()).isEqualTo(new ChannelOutcome.Declined("3")));
    }

    private static String failed() {
        return PretendJdpay.notification(
                "<tradeNum>" + NUMBER + "</tradeNum><tradeType>0</tradeType>",
                "<note>" + SHOP + "</note><amount>55740</amount><status>3</status>");
    }

    @Test
    void a_currency_told_in_the_parts_only_counts() throws Exception {
        post(
                PretendJdpay.notification(
                        "<tradeNum>" + NUMBER + "</tradeNum><tradeType>0</tradeType>",
                        "<note>"
                                + SHOP
                                + "</note><amount>55740</amount><status>2</status>"
                                + PretendJdpay.payList("55740").replace("CNY", "USD")));

        assertThat(reports)
                .singleElement()
                .satisfies(report ->
                        assertThat(((ChannelOutcome.Succeeded) report.outcome()).charged())
                                .isEqualTo(new ChannelOutcome.Charged(55_740, "USD")));
    }

    @Test
    void a_refund_is_read_as_a_refund() {
        var body =
                PretendJdpay.notification(
                        "<tradeNum>R1</tradeNum><tradeType>1</tradeType>",
                        "<oTradeNum>"
                                + NUMBER
                                + "</oTradeNum><amount>1000</amount><currency>CNY</currency>"
                                + "<tradeTime>20261124130000</tradeTime><note></note><status>1</status>");

        var reading =
                JdpayNotificationReader.read(
                        account, body.getBytes(StandardCharsets.UTF_8), PretendJdpay.NOW);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.OfRefund.class,
                        refund -> {
                            assertThat(refund.report().refundNumber()).isEqualTo("R1");
                            assertThat(refund.report().orderNumber()).isEqualTo(NUMBER);
                            assertThat(refund.report().refunded())
                                    .isEqualTo(new ChannelOutcome.Charged(1_000, "CNY"));
                        });
    }

    @Test
    void states_and_kinds_without_a_meaning_are_kept_and_asked_for_again() throws Exception {
        var pending = paid("<status>1</status>", "0");
        var revocation = paid("<status>1</status>", "2");

        assertThat(post(pending).getContentAsString()).isEqualTo("fail");
        assertThat(post(revocation).getContentAsString()).isEqualTo("fail");
        assertThat(reports).isEmpty();
        assertThat(kept()).extracting("reason").containsOnly("unexpected");
        assertThat(kept()).extracting("verified").containsOnly(true);
    }

    private static String paid(String status, String type) {
        return PretendJdpay.notification(
                "<tradeNum>" + NUMBER + "</tradeNum><tradeType>" + type + "</tradeType>",
                "<note>" + SHOP + "</note><amount>55740</amount>" + status);
    }

    @Test
    void forgeries_change_nothing_and_are_kept_once_each() throws Exception {
        var genuine = paidNotification();
        var unsigned =
                PretendJdpay.sealed(
                        PretendJdpay.inner(
                                "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>",
                                "<tradeNum>" + NUMBER + "</tradeNum><tradeType>0</tradeType>",
                                "",
                                "<amount>55740</amount><status>2</status>"));
        var otherMerchant = genuine.replace(PretendJdpay.MERCHANT, "110148035006");
        var plain = PretendJdpay.inner("", "<tradeNum>" + NUMBER + "</tradeNum>", "", "");
        var doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><jdpay>&e;</jdpay>";

        assertThat(post(unsigned).getStatus()).isEqualTo(401);
        assertThat(post(otherMerchant).getStatus()).isEqualTo(400);
        assertThat(post(plain).getStatus()).isEqualTo(400);
        assertThat(post(doctype).getStatus()).isEqualTo(400);
        assertThat(post("").getStatus()).isEqualTo(400);
        assertThat(post(PretendJdpay.failure("X")).getContentAsString()).isEqualTo("fail");
        assertThat(post(PATH, new byte[] {(byte) 0xff, 0, (byte) 0xc3, 0x28}).getContentAsString())
                .isEqualTo("fail");
        assertThat(post("x".repeat(1 << 20)).getStatus()).isEqualTo(413);

        assertThat(reports).isEmpty();
        assertThat(kept())
                .extracting("reason")
                .containsExactly(
                        "bad_signature",
                        "wrong_merchant",
                        "undecryptable",
                        "unreadable",
                        "unreadable",
                        "failure_envelope",
                        "unreadable",
                        "too_large");
        assertThat(kept()).extracting("verified").containsOnly(false);
    }

    @Test
    void a_refusal_is_logged_once_with_its_reason_and_nothing_of_what_came(CapturedOutput output)
            throws Exception {
        post("<jdpay><cardNo>6222020000009999</cardNo></jdpay>");

        TestInbox.assertRefusalLoggedOnce(
                output, String.valueOf(kept().getFirst().get("reason")), "6222020000009999");
    }

    @Test
    void numbers_beyond_all_bounds_are_no_amounts() throws Exception {
        assertThat(post(paidNotification(NUMBER, SHOP, "9".repeat(40))).getContentAsString())
                .isEqualTo("fail");
        assertThat(post(paidNotification(NUMBER, SHOP, "-1")).getContentAsString())
                .isEqualTo("fail");
        assertThat(post(paidNotification("x".repeat(5_000), SHOP, "1")).getContentAsString())
                .isEqualTo("fail");
        assertThat(reports).isEmpty();
    }

    @Test
    void a_field_that_comes_twice_means_nothing() throws Exception {
        var twice =
                PretendJdpay.notification(
                        "<tradeNum>" + NUMBER + "</tradeNum><tradeType>0</tradeType>",
                        "<note>"
                                + SHOP
                                + "</note><amount>1</amount><amount>55740</amount>"
                                + "<status>2</status>");

        assertThat(post(twice).getContentAsString()).isEqualTo("fail");
        assertThat(reports).isEmpty();
    }

    @Test
    void an_account_nobody_has_is_told_nothing() throws Exception {
        var response =
                post(
                        "/channels/jdpay/notifications/another",
                        paidNotification().getBytes(StandardCharsets.UTF_8));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(response.getContentAsString()).isEqualTo("fail");
        assertThat(kept()).isEmpty();
    }
}
