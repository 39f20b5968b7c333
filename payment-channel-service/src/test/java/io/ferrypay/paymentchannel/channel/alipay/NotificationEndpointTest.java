package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.alipay;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.inStore;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.map;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.signer;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.text;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.notification.TestInbox;
import io.ferrypay.testkit.TestPostgres;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

@ExtendWith(OutputCaptureExtension.class)
class NotificationEndpointTest {

    private static final String PATH = "/channels/alipay/notifications/alipay-test/HARBOURHONEY";
    private static final Map<String, String> PAID =
            map(
                    "notify_type", "trade_status_sync",
                    "notify_id", "0123456789abcdef0123456789abcdefg4",
                    "notify_time", "2026-11-24 12:18:02",
                    "trade_no", "2026112421001004470000000001",
                    "out_trade_no", PretendAlipay.ORDER,
                    "currency", "NZD",
                    "total_fee", "120.00",
                    "trade_status", "TRADE_FINISHED");
    private static final Map<String, String> PAID_IN_STORE =
            with(
                    PAID,
                    "trade_status",
                    "TRADE_SUCCESS",
                    "notify_action_type",
                    "payByAccountAction",
                    "trans_currency",
                    "NZD",
                    "total_fee",
                    "557.40",
                    "forex_total_fee",
                    "120.00",
                    "buyer_email",
                    "someone@example.com",
                    "seller_id",
                    PretendAlipay.PARTNER);

    private static HikariDataSource dataSource;
    private static JdbcClient jdbc;

    @TempDir private Path files;
    private PretendAlipay alipay;
    private AlipayAccounts accounts;
    private MockMvc mvc;
    private final List<ChannelReport> applied = new CopyOnWriteArrayList<>();
    private ApplyChannelReport.Result result = new ApplyChannelReport.Result.Applied();

    @BeforeAll
    static void open() {
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
    }

    @BeforeEach
    void start() throws Exception {
        jdbc.sql("truncate channel_notification").update();
        alipay = new PretendAlipay(files);
        serve("UTF-8", false);
    }

    @AfterEach
    void stop() {
        alipay.close();
    }

    private void serve(String charset, boolean verify) {
        accounts = new AlipayAccounts(List.of(alipay.open(charset, verify)));
        var inbox =
                TestInbox.of(
                        dataSource,
                        report -> {
                            applied.add(report);
                            return result;
                        },
                        120);
        mvc =
                MockMvcBuilders.standaloneSetup(
                                new AlipayNotificationController(
                                        new ReceiveAlipayNotification(
                                                accounts,
                                                inbox,
                                                PretendAlipay.clock(PretendAlipay.NOW))),
                                new AlipayReturnController(
                                        accounts,
                                        (_, order) ->
                                                order.equals(PretendAlipay.ORDER)
                                                        ? Optional.of(
                                                                URI.create(
                                                                        "https://pay.example/pay/n"))
                                                        : Optional.empty()))
                        .build();
    }

    private static byte[] signed(Map<String, String> fields, String charset) {
        var all = with(fields, "sign", signer(charset).sign(fields), "sign_type", "MD5");
        return AlipayForm.encode(all, Charset.forName(charset)).getBytes(StandardCharsets.US_ASCII);
    }

    private String post(Map<String, String> fields) throws Exception {
        return post(PATH, signed(fields, "UTF-8"));
    }

    private String post(String path, byte[] body) throws Exception {
        var response =
                mvc.perform(
                                MockMvcRequestBuilders.post(URI.create(path))
                                        .contentType("application/x-www-form-urlencoded")
                                        .content(body))
                        .andReturn()
                        .getResponse();
        return response.getStatus() + " " + response.getContentAsString();
    }

    private static List<Map<String, Object>> kept() {
        return jdbc.sql("select * from channel_notification order by id").query().listOfRows();
    }

    @Test
    void a_genuine_notification_is_applied_once_and_always_thanked_for() throws Exception {
        assertThat(post(PAID)).isEqualTo("200 success");
        assertThat(post(PAID)).isEqualTo("200 success");

        assertThat(applied)
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.subMerchantId()).isEqualTo("HARBOURHONEY");
                    assertThat(report.outcome())
                            .isInstanceOfSatisfying(
                                    ChannelOutcome.Succeeded.class,
                                    paid ->
                                            assertThat(paid.charged())
                                                    .isEqualTo(
                                                            new ChannelOutcome.Charged(
                                                                    12_000, "NZD")));
                });
        assertThat(alipay.asked).isEmpty();
    }

    @Test
    void twenty_copies_at_once_are_applied_once() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> post(PAID))).toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("200 success");
            }
        }
        assertThat(applied).hasSize(1);
    }

    @Test
    void what_was_paid_in_a_shop_is_what_the_query_says() throws Exception {
        alipay.answers.add(alipay(inStore("TRADE_SUCCESS")));

        assertThat(post(PAID_IN_STORE)).isEqualTo("200 success");

        assertThat(applied)
                .singleElement()
                .satisfies(report -> {
                    assertThat(((ChannelOutcome.Succeeded) report.outcome()).charged())
                            .isEqualTo(new ChannelOutcome.Charged(12_000, "NZD"));
                    assertThat(report.source()).isEqualTo(ChannelReport.Source.NOTIFICATION);
                    assertThat(report.evidence()).contains("exchange_rate").doesNotContain("@");
                });
        assertThat(new String((byte[]) kept().getFirst().get("body"), StandardCharsets.UTF_8))
                .contains("trade_status=TRADE_SUCCESS")
                .doesNotContain("someone");
    }

    @Test
    void what_a_query_does_not_confirm_is_not_believed() throws Exception {
        alipay.answers.add(refusal("SYSTEM_ERROR"));
        assertThat(post(PAID_IN_STORE)).isEqualTo("503 fail");
        alipay.answers.add(alipay(inStore("WAIT_BUYER_PAY")));
        assertThat(post(PAID_IN_STORE)).isEqualTo("503 fail");
        alipay.answers.add(alipay(with(inStore("TRADE_SUCCESS"), "alipay_trans_id", "999")));
        assertThat(post(PAID_IN_STORE)).isEqualTo("400 fail");
        assertThat(applied).isEmpty();
    }

    @Test
    void forgeries_and_nonsense_change_nothing() throws Exception {
        var sound = new String(signed(PAID, "UTF-8"), StandardCharsets.US_ASCII);

        assertThat(body(sound.replace("120.00", "120.01"))).isEqualTo("401 fail");
        assertThat(body(sound.replace("sign_type=MD5", "sign_type=RSA2"))).isEqualTo("401 fail");
        assertThat(body(sound.replaceAll("sign=[0-9a-f]+", "sign="))).isEqualTo("401 fail");
        assertThat(body(sound + "&total_fee=120.00")).isEqualTo("400 fail");
        assertThat(body(sound + "&x=%zz")).isEqualTo("400 fail");
        assertThat(body(sound + "&x=%ff")).isEqualTo("400 fail");
        assertThat(body(sound + "&x".repeat(200))).isEqualTo("400 fail");
        assertThat(body("")).isEqualTo("400 fail");
        assertThat(body("<!DOCTYPE a><a/>")).isEqualTo("400 fail");
        assertThat(body(sound + "&x=" + "y".repeat(64 * 1024))).isEqualTo("413 fail");
        assertThat(body("y".repeat(1 << 20))).isEqualTo("413 fail");
        assertThat(applied).isEmpty();
        assertThat(kept()).extracting("verified").containsOnly(false);
    }

    @Test
    void a_refusal_is_logged_once_with_its_reason_and_nothing_of_what_came(CapturedOutput output)
            throws Exception {
        var sound = new String(signed(PAID_IN_STORE, "UTF-8"), StandardCharsets.US_ASCII);
        var sign = sound.replaceAll(".*sign=([0-9a-f]+).*", "$1");

        assertThat(body(sound.replace("120.00", "120.01"))).isEqualTo("401 fail");

        TestInbox.assertRefusalLoggedOnce(
                output, String.valueOf(kept().getFirst().get("reason")), "someone", sign, "120.01");
    }

    private String body(String text) throws Exception {
        return post(PATH, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_request_of_ours_sent_back_to_us_is_no_notification() throws Exception {
        var ready = alipay.channel().offer(PretendAlipay.order(Flow.DESKTOP));
        var url = ready.toString().replaceAll(".*\\?([^,\\]]*).*", "$1");

        assertThat(body(url)).isEqualTo("400 fail");
        assertThat(kept()).singleElement().extracting("reason").isEqualTo("reflected");
    }

    @Test
    void genuine_words_that_do_not_fit_are_kept_and_not_thanked_for() throws Exception {
        assertThat(post(with(PAID, "notify_type", "something"))).isEqualTo("400 fail");
        assertThat(post(with(PAID, "trade_status", "TRADE_NEW"))).isEqualTo("400 fail");
        assertThat(post(with(PAID, "total_fee", "9".repeat(40)))).isEqualTo("400 fail");
        assertThat(post(with(PAID, "out_trade_no", ""))).isEqualTo("400 fail");
        assertThat(post(with(PAID, "notify_id", ""))).isEqualTo("400 fail");
        assertThat(post(with(PAID, "seller_id", "2088999999999999"))).isEqualTo("400 fail");
        assertThat(applied).isEmpty();
        assertThat(kept()).extracting("verified").containsOnly(true);

        result = new ApplyChannelReport.Result.Refused("wrong_amount");
        assertThat(post(PAID)).isEqualTo("400 fail");
        result = new ApplyChannelReport.Result.UnknownOrder();
        assertThat(post(PAID)).isEqualTo("404 fail");
        result = new ApplyChannelReport.Result.Applied();
        assertThat(post(PAID)).isEqualTo("200 success");
    }

    @Test
    void an_address_that_names_no_merchant_or_no_account_is_not_enough() throws Exception {
        assertThat(post("/channels/alipay/notifications/alipay-test", signed(PAID, "UTF-8")))
                .isEqualTo("400 fail");
        assertThat(post("/channels/alipay/notifications/another/M", signed(PAID, "UTF-8")))
                .isEqualTo("404 fail");
    }

    @Test
    void an_order_that_ran_out_is_closed() throws Exception {
        assertThat(post(with(PAID, "trade_status", "TRADE_CLOSED"))).isEqualTo("200 success");
        assertThat(applied)
                .singleElement()
                .extracting(ChannelReport::outcome)
                .isEqualTo(new ChannelOutcome.Closed());
    }

    @Test
    void refunds_are_told_at_the_account_s_own_address() throws Exception {
        var refunded =
                map(
                        "notify_type", "whatever",
                        "notify_id", "r1",
                        "notify_time", "2026-11-24 12:19:02",
                        "out_trade_no", PretendAlipay.ORDER,
                        "out_return_no", PretendAlipay.REFUND,
                        "refund_status", "REFUND_SUCCESS",
                        "currency", "NZD",
                        "return_amount", "20.00");

        // The core behind this inbox knows no refunds, which shows that it was asked.
        assertThat(post("/channels/alipay/notifications/alipay-test", signed(refunded, "UTF-8")))
                .isEqualTo("404 fail");
        assertThat(kept())
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("reason", "unknown_order")
                                .containsEntry("order_number", PretendAlipay.REFUND));
        assertThat(
                        post(
                                "/channels/alipay/notifications/alipay-test",
                                signed(with(refunded, "refund_status", "MAYBE"), "UTF-8")))
                .isEqualTo("400 fail");
    }

    @Test
    void gbk_is_read_as_gbk() throws Exception {
        serve("GBK", false);
        var fields = with(PAID, "subject", "蜂蜜");

        assertThat(post(PATH, signed(fields, "GBK"))).isEqualTo("200 success");
        // Three bytes, which is no whole number of characters in GBK.
        var other = with(fields, "notify_id", "2", "subject", "蜂");
        assertThat(post(PATH, signed(other, "UTF-8"))).isEqualTo("400 fail");
        assertThat(applied).hasSize(1);
    }

    @Test
    void alipay_is_asked_about_each_notification_where_that_is_switched_on() throws Exception {
        serve("UTF-8", true);
        alipay.answers.add(text("true"));
        assertThat(post(PAID)).isEqualTo("200 success");
        assertThat(alipay.asked("notify_verify"))
                .containsEntry("notify_id", PAID.get("notify_id"))
                .containsEntry("partner", PretendAlipay.PARTNER);
        alipay.answers.add(text("false"));
        assertThat(post(with(PAID, "notify_id", "2"))).isEqualTo("400 fail");
        alipay.answers.add(text("<html>"));
        assertThat(post(with(PAID, "notify_id", "3"))).isEqualTo("503 fail");
        assertThat(applied).hasSize(1);
    }

    @Test
    void a_browser_comes_back_to_its_page_only_with_alipays_word_for_it() throws Exception {
        var back = with(PAID, "is_success", "T");

        assertThat(returned(back)).isEqualTo("303 https://pay.example/pay/n");
        assertThat(returned(with(back, "out_trade_no", "ANOTHER"))).isEqualTo("400 null");
        assertThat(returned(PAID)).isEqualTo("400 null");
        assertThat(
                        get(
                                new String(signed(back, "UTF-8"), StandardCharsets.US_ASCII)
                                        .replace("120", "1")))
                .isEqualTo("400 null");
        assertThat(get("")).isEqualTo("400 null");
        assertThat(applied).isEmpty();
    }

    private String returned(Map<String, String> fields) throws Exception {
        return get(new String(signed(fields, "UTF-8"), StandardCharsets.US_ASCII));
    }

    private String get(String query) throws Exception {
        var response =
                mvc.perform(
                                MockMvcRequestBuilders.get(
                                        URI.create(
                                                "/channels/alipay/returns/alipay-test?" + query)))
                        .andReturn()
                        .getResponse();
        return response.getStatus() + " " + response.getHeader("Location");
    }
}
