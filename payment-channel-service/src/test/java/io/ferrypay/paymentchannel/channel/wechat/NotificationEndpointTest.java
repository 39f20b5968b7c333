package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.notification.TestInbox;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
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
class NotificationEndpointTest {

    private static final String PATH = "/channels/wechat/notifications/wechat_test";

    @TempDir static Path files;
    private static PretendWechat wechat;
    private static HikariDataSource dataSource;
    private static JdbcClient jdbc;
    private static WechatAccounts accounts;

    private final AtomicReference<Function<ChannelReport, ApplyChannelReport.Result>> core =
            new AtomicReference<>();
    private MockMvc mvc;

    @BeforeAll
    static void open() throws IOException {
        wechat = new PretendWechat(files);
        accounts = new WechatAccounts(List.of(wechat.open()));
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
        jdbc.sql("create table applied (order_number text not null)").update();
    }

    @AfterAll
    static void close() {
        dataSource.close();
        wechat.close();
    }

    @BeforeEach
    void start() {
        jdbc.sql("truncate channel_notification, applied").update();
        core.set(this::applied);
        mvc = MockMvcBuilders.standaloneSetup(new NotificationController(service(120))).build();
    }

    private ReceiveNotification service(int quota) {
        return new ReceiveNotification(
                accounts,
                TestInbox.of(dataSource, report -> core.get().apply(report), quota),
                Clock.systemUTC());
    }

    private ApplyChannelReport.Result applied(ChannelReport report) {
        jdbc.sql("insert into applied values (?)").param(report.orderNumber()).update();
        return new ApplyChannelReport.Result.Applied();
    }

    private MockHttpServletResponse post(SignedNotification notification) throws Exception {
        return post(PATH, notification.headers(), notification.body());
    }

    private MockHttpServletResponse post(String path, Map<String, String> headers, byte[] body)
            throws Exception {
        var request =
                MockMvcRequestBuilders.post(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body);
        headers.forEach(request::header);
        return mvc.perform(request).andReturn().getResponse();
    }

    private static long applied() {
        return count("select count(*) from applied");
    }

    private static long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static List<Map<String, Object>> kept() {
        return jdbc.sql("select * from channel_notification order by id").query().listOfRows();
    }

    @Test
    void a_genuine_notification_is_applied_kept_and_thanked_for() throws Exception {
        var notification = new SignedNotification();

        var response = post(notification);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getContentAsString())
                .isEqualTo("{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
        assertThat(applied()).isEqualTo(1);
        assertThat(kept())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row)
                            .containsEntry("account_id", "wechat_test")
                            .containsEntry("notification_id", SignedNotification.ID)
                            .containsEntry("verdict", "accepted")
                            .containsEntry("verified", true)
                            .containsEntry("serial", PretendWechat.PLATFORM.serial())
                            .containsEntry("body", notification.body());
                    assertThat(row.get("headers").toString())
                            .contains("wechatpay-nonce: EAdfgGh45ftgHa2");
                });
    }

    @Test
    void fifty_parallel_and_later_copies_are_applied_once_and_all_thanked_for() throws Exception {
        var together = new CountDownLatch(50);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 50)
                            .mapToObj(_ ->
                                    threads.submit(() -> {
                                        var copy = new SignedNotification();
                                        together.countDown();
                                        together.await();
                                        return post(copy).getStatus();
                                    }))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }

        assertThat(post(new SignedNotification()).getStatus()).isEqualTo(200);
        assertThat(applied()).isEqualTo(1);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void what_takes_longer_than_wechat_waits_is_given_up_and_leaves_nothing() throws Exception {
        core.set(report -> {
            var result = applied(report);
            jdbc.sql("select pg_sleep(8)").query((_, _) -> "slept").list();
            return result;
        });
        var began = System.nanoTime();

        var given = post(new SignedNotification());

        assertThat(given.getStatus()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7));
        assertThat(applied()).isZero();
        assertThat(kept()).isEmpty();
        core.set(this::applied);
        assertThat(post(new SignedNotification()).getStatus()).isEqualTo(200);
    }

    @Test
    void a_store_that_fails_leaves_nothing_and_the_next_delivery_succeeds() throws Exception {
        core.set(report -> {
            applied(report);
            throw new IllegalStateException("secret detail");
        });
        var failed = post(new SignedNotification());
        core.set(this::applied);
        var repeated = post(new SignedNotification());

        assertThat(failed.getStatus()).isEqualTo(500);
        assertThat(failed.getContentAsString())
                .isEqualTo("{\"code\":\"FAIL\",\"message\":\"internal_error\"}");
        assertThat(repeated.getStatus()).isEqualTo(200);
        assertThat(applied()).isEqualTo(1);
    }

    @Test
    void an_order_not_known_yet_makes_wechat_come_again() throws Exception {
        core.set(_ -> new ApplyChannelReport.Result.UnknownOrder());
        var early = post(new SignedNotification());
        core.set(this::applied);
        var later = post(new SignedNotification());

        assertThat(early.getStatus()).isEqualTo(404);
        assertThat(early.getContentAsString())
                .isEqualTo("{\"code\":\"FAIL\",\"message\":\"unknown_order\"}");
        assertThat(later.getStatus()).isEqualTo(200);
        assertThat(applied()).isEqualTo(1);
        assertThat(kept()).extracting("verdict").containsExactly("refused", "accepted");
    }

    @Test
    void what_does_not_fit_our_order_is_kept_with_the_reason_and_never_thanked_for()
            throws Exception {
        core.set(_ -> new ApplyChannelReport.Result.Refused("wrong_amount"));

        var response = post(new SignedNotification());

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getContentAsString()).contains("\"FAIL\"");
        assertThat(kept())
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("verdict", "refused")
                                .containsEntry("reason", "wrong_amount")
                                .containsEntry("order_number", "FP01JD000000000000000001"));
    }

    @Test
    void what_the_core_knew_already_is_thanked_for() throws Exception {
        core.set(_ -> new ApplyChannelReport.Result.AlreadyApplied());

        assertThat(post(new SignedNotification()).getStatus()).isEqualTo(200);
    }

    @Test
    void forgeries_change_nothing_and_are_kept() throws Exception {
        var badSignature = new SignedNotification();
        badSignature.signature = "WECHATPAY/SIGNTEST/abc";
        var stale = new SignedNotification();
        stale.signedAt = Instant.now().minusSeconds(400);
        var unknownSerial = new SignedNotification();
        unknownSerial.serial = "0123";

        assertThat(post(badSignature).getStatus()).isEqualTo(401);
        assertThat(post(stale).getStatus()).isEqualTo(401);
        assertThat(post(unknownSerial).getStatus()).isEqualTo(401);
        assertThat(post(PATH, Map.of(), new byte[0]).getStatus()).isEqualTo(401);
        assertThat(applied()).isZero();
        assertThat(kept())
                .extracting("reason")
                .containsExactly("bad_signature", "stale", "unknown_serial", "missing_header");
    }

    @Test
    void a_refusal_is_logged_once_with_its_reason_and_nothing_of_what_came(CapturedOutput output)
            throws Exception {
        var forgery = new SignedNotification();
        forgery.signature = "c2lnbmF0dXJl";
        forgery.envelope = "{\"card\":\"6222020000009999\"}";

        assertThat(post(forgery).getStatus()).isEqualTo(401);

        TestInbox.assertRefusalLoggedOnce(
                output, "bad_signature", "6222020000009999", "c2lnbmF0dXJl");
    }

    @Test
    void bytes_that_are_no_text_are_taken_as_they_are() throws Exception {
        var body = new byte[] {(byte) 0xff, 0, (byte) 0xc3, 0x28};

        var response = post(PATH, new SignedNotification().headers(), body);

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(kept()).singleElement().extracting("body").isEqualTo(body);
    }

    @Test
    void a_body_over_64_kib_is_refused_unread() throws Exception {
        var notification = new SignedNotification();
        notification.envelope = "x".repeat(64 * 1024 + 1);
        var atTheLimit = new SignedNotification();
        atTheLimit.envelope = "x".repeat(64 * 1024);

        assertThat(post(notification).getStatus()).isEqualTo(413);
        assertThat(post(atTheLimit).getStatus()).isEqualTo(400);
        assertThat(count("select max(length(body)) from channel_notification"))
                .isEqualTo(16 * 1024);
    }

    @Test
    void an_account_nobody_has_is_told_nothing() throws Exception {
        var notification = new SignedNotification();

        var response =
                post(
                        "/channels/wechat/notifications/another",
                        notification.headers(),
                        notification.body());

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(response.getContentAsString()).contains("FAIL");
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_flood_of_forgeries_is_answered_but_not_kept() {
        var service = service(3);
        var forgery = new SignedNotification();
        forgery.signature = "AAAA";

        for (int i = 0; i < 10; i++) {
            service.receive(
                    "wechat_test", NotificationHeaders.of(forgery.headers()), forgery.body());
        }

        assertThat(kept()).hasSize(3);
        assertThat(
                        service.receive(
                                "wechat_test",
                                NotificationHeaders.of(new SignedNotification().headers()),
                                "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReceiveNotification.Answer.Refused.class);
    }

    @Test
    void old_notifications_and_surplus_refusals_are_forgotten() throws Exception {
        post(new SignedNotification());
        for (int i = 0; i < 5; i++) {
            post(PATH, Map.of("Wechatpay-Nonce", "n" + i), new byte[0]);
        }
        jdbc.sql(
                        "update channel_notification set received_at = received_at - interval '31 days' where id in (select min(id) from channel_notification)")
                .update();

        TestInbox.forget(jdbc, Duration.ofDays(30), 2);

        assertThat(kept())
                .extracting("headers")
                .containsExactly("wechatpay-nonce: n3", "wechatpay-nonce: n4");
    }
}
