package io.ferrypay.paymentchannel.channel.payease;

import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.OID;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.notification.TestInbox;
import io.ferrypay.paymentchannel.channel.payease.PretendPayease.Notice;
import io.ferrypay.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static final String PATH = "/channels/payease/notifications/payease_test";
    private static final String SECOND = "20261125-888-FP01JD0000000000000000CD";

    @TempDir static Path files;
    private static PretendPayease payease;
    private static HikariDataSource dataSource;
    private static JdbcClient jdbc;

    private final AtomicReference<Function<ChannelReport, ApplyChannelReport.Result>> core =
            new AtomicReference<>();
    private MockMvc mvc;

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
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
        jdbc.sql("create table applied (id bigint generated always as identity, said text)")
                .update();
    }

    @AfterAll
    static void close() {
        dataSource.close();
        payease.close();
    }

    @BeforeEach
    void start() {
        jdbc.sql("truncate channel_notification, applied").update();
        payease.answers.clear();
        payease.asked.clear();
        core.set(NotificationEndpointTest::applied);
        mvc = endpoint(payease.account());
    }

    private MockMvc endpoint(PayeaseProperties.Account account) {
        return MockMvcBuilders.standaloneSetup(
                        new PayeaseNotificationController(
                                new ReceivePayeaseNotification(
                                        new PayeaseAccounts(List.of(payease.open(account))),
                                        new TwoOrders(),
                                        TestInbox.of(
                                                dataSource,
                                                report -> core.get().apply(report),
                                                120),
                                        Duration.ofMillis(700),
                                        Clock.systemUTC())))
                .build();
    }

    /** Knows two orders of one shop. */
    private static final class TwoOrders extends NoOrders {

        @Override
        public Optional<OrderKey> find(String accountId, String orderNumber) {
            return Stream.of(OID, SECOND)
                    .filter(oid -> oid.endsWith("-" + orderNumber))
                    .map(_ ->
                            new OrderKey(
                                    ORDER.accountId(),
                                    orderNumber,
                                    ORDER.subMerchantId(),
                                    ORDER.flow(),
                                    ORDER.amount(),
                                    ORDER.createdAt()))
                    .findFirst();
        }
    }

    private static ApplyChannelReport.Result applied(ChannelReport report) {
        if (report.subMerchantId().isEmpty()) {
            return new ApplyChannelReport.Result.UnknownOrder();
        }
        if (report.outcome() instanceof ChannelOutcome.Succeeded(_, var charged, _, _, _, _)
                && charged.amountMinor() != 55_740) {
            return new ApplyChannelReport.Result.Refused("wrong_amount");
        }
        jdbc.sql("insert into applied (said) values (?)")
                .param(report.orderNumber() + " " + report.outcome().getClass().getSimpleName())
                .update();
        return new ApplyChannelReport.Result.Applied();
    }

    @Test
    void a_paid_order_is_confirmed_applied_and_answered_with_one_word() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        var answer = post(new Notice().body());

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentType()).startsWith("text/plain");
        assertThat(answer.getContentAsString()).isEqualTo("sent");
        assertThat(applied()).containsExactly("FP01JD0000000000000000AB Succeeded");
        assertThat(kept()).containsExactly("accepted null FP01JD0000000000000000AB");
        assertThat(payease.asked).hasSize(1);
    }

    @Test
    void it_may_come_by_get() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        var answer =
                mvc.perform(
                                MockMvcRequestBuilders.get(PATH)
                                        .with(request -> {
                                            request.setQueryString(
                                                    new String(
                                                            new Notice().body(),
                                                            StandardCharsets.US_ASCII));
                                            return request;
                                        }))
                        .andReturn()
                        .getResponse();

        assertThat(answer.getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void each_order_of_a_batch_is_applied_for_itself() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        var answer = post(Notice.of("1|_|3", "557.40|_|557.40", OID, SECOND).body());

        assertThat(answer.getContentAsString()).isEqualTo("sent");
        assertThat(applied())
                .containsExactly(
                        "FP01JD0000000000000000AB Succeeded", "FP01JD0000000000000000CD Pending");
        assertThat(payease.asked).as("what is not paid needs no confirmation").hasSize(1);
    }

    @Test
    void a_strange_order_in_a_batch_is_parked_and_the_others_count() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        var answer =
                post(
                        Notice.of(
                                        "1|_|1|_|1|_|1|_|9|_|1",
                                        "557.40|_|557.40|_|557.40|_|557.40|_|557.40|_|1.00",
                                        "20261125-888-NOBODYKNOWSTHISONE000001",
                                        "20261125-888-test_002",
                                        "20261124-888-FP01JD0000000000000000CD",
                                        "20261125-444-FP01JD0000000000000000CD",
                                        SECOND,
                                        SECOND)
                                .body());
        assertThat(answer.getContentAsString()).isEqualTo("sent");
        assertThat(applied()).isEmpty();

        answer = post(Notice.of("1|_|1", "557.40|_|1.00", OID, SECOND).body());

        assertThat(answer.getContentAsString()).isEqualTo("sent");
        assertThat(applied()).containsExactly("FP01JD0000000000000000AB Succeeded");
        assertThat(kept())
                .containsExactlyInAnyOrder(
                        "refused unknown_order NOBODYKNOWSTHISONE000001",
                        "refused foreign_order 20261125-888-test_002",
                        "refused foreign_order FP01JD0000000000000000CD",
                        "refused wrong_merchant FP01JD0000000000000000CD",
                        "refused unexpected_state FP01JD0000000000000000CD",
                        "refused wrong_amount FP01JD0000000000000000CD",
                        "accepted null FP01JD0000000000000000AB",
                        "refused wrong_amount FP01JD0000000000000000CD");
    }

    @ParameterizedTest
    @EnumSource
    void every_known_encoding_of_the_mac_is_accepted(Mac.Encoding encoding) throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        var notice = new Notice();
        notice.encoding = encoding;

        assertThat(post(notice.body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void a_gbk_page_is_read_as_one() throws Exception {
        mvc = endpoint(payease.account(PayeaseProperties.Page.GBK, true, true));
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        var notice = new Notice();
        notice.encoding = Mac.Encoding.GBK;

        assertThat(post(notice.body(PretendPayease.GBK)).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void where_the_mac_is_not_required_sign_and_money_still_are() throws Exception {
        mvc = endpoint(payease.account(PayeaseProperties.Page.UTF8, false, true));
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        assertThat(post(new Notice().with("v_mac", "").body()).getContentAsString())
                .isEqualTo("sent");
        assertThat(
                        post(new Notice().with("v_md5money", "0".repeat(32)).body())
                                .getContentAsString())
                .isEqualTo("error");
        assertThat(post(new Notice().with("v_sign", "5a".repeat(128)).body()).getContentAsString())
                .isEqualTo("error");
        assertThat(applied()).hasSize(1);
    }

    static Stream<Arguments> unproven() {
        var big = new byte[1 << 20];
        java.util.Arrays.fill(big, (byte) 'a');
        return Stream.of(
                Arguments.of("missing_field", new byte[0]),
                Arguments.of("missing_field", "v_count=1".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("missing_field", new Notice().with("v_sign", "").body()),
                Arguments.of("missing_field", new Notice().with("v_md5money", "").body()),
                Arguments.of("missing_field", new Notice().with("v_amount", "").body()),
                Arguments.of("missing_field", new Notice().with("v_count", "").body()),
                Arguments.of("wrong_sign", new Notice().with("v_sign", "5a".repeat(128)).body()),
                Arguments.of("wrong_sign", new Notice().with("v_sign", "5a".repeat(20_000)).body()),
                Arguments.of("wrong_sign", new Notice().with("v_amount", "5574.00").body()),
                Arguments.of("wrong_sign", new Notice().with("v_pstatus", "3").body()),
                Arguments.of("wrong_sign", new Notice().with("v_oid", SECOND).body()),
                Arguments.of("wrong_sign", new Notice().with("v_moneytype", "1").body()),
                Arguments.of(
                        "wrong_md5money", new Notice().with("v_md5money", "0".repeat(32)).body()),
                Arguments.of("wrong_mac", new Notice().with("v_mac", "0".repeat(32)).body()),
                Arguments.of("wrong_mac", new Notice().with("v_mac", "").body()),
                Arguments.of("wrong_mac", new Notice().with("v_pmode", "农业银行").body()),
                Arguments.of(
                        "unreadable",
                        (new String(new Notice().body(), StandardCharsets.US_ASCII)
                                        + "&v_amount=1.00")
                                .getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("unreadable", "v_oid=%".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("unreadable", "v_oid=%zz".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("unreadable", "v_oid=%ff%ff".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("unreadable", "a&".repeat(100).getBytes(StandardCharsets.US_ASCII)),
                Arguments.of(
                        "missing_field",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>"
                                .getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("too_large", big));
    }

    @ParameterizedTest
    @MethodSource("unproven")
    void what_proves_nothing_changes_nothing(String reason, byte[] body) throws Exception {
        var answer = post(body);

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo("error");
        assertThat(applied()).isEmpty();
        assertThat(kept()).containsExactly("refused " + reason + " null");
        assertThat(payease.asked).isEmpty();
    }

    @Test
    void a_refusal_is_logged_once_with_its_reason_and_nothing_of_what_came(CapturedOutput output)
            throws Exception {
        post(new Notice().with("v_sign", "5a".repeat(128)).with("v_pstring", "张三").body());

        TestInbox.assertRefusalLoggedOnce(output, "wrong_sign", "5a5a5a5a", "张三", "%E5%BC%A0");
    }

    @ParameterizedTest
    @MethodSource("wronglyCounted")
    void lists_that_do_not_fit_their_count_are_refused_even_when_signed(Notice notice)
            throws Exception {
        assertThat(post(notice.body()).getContentAsString()).isEqualTo("error");
        assertThat(applied()).isEmpty();
        assertThat(kept()).containsExactly("refused wrong_count null");
    }

    static Stream<Notice> wronglyCounted() {
        return Stream.of("0", "2", "-1", "01", "1.0", "9".repeat(30), "x", "101")
                .map(count -> {
                    var notice = new Notice();
                    notice.count = count;
                    return notice;
                });
    }

    /** A return's {@code 1} means "pending"; its sign must not become a paid notification. */
    @Test
    void the_sign_of_a_browsers_return_proves_no_notification() throws Exception {
        var sign = PretendPayease.sign(OID, "1", "557.40", "0");

        assertThat(post(new Notice().with("v_sign", sign).body()).getContentAsString())
                .isEqualTo("error");
        assertThat(applied()).isEmpty();
    }

    @Test
    void copies_are_applied_once() throws Exception {
        for (int i = 0; i < 51; i++) {
            payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        }
        var together = new CountDownLatch(20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 20)
                            .mapToObj(_ ->
                                    threads.submit(() -> {
                                        together.countDown();
                                        together.await();
                                        return post(new Notice().body()).getContentAsString();
                                    }))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("sent");
            }
        }

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void an_order_told_again_in_another_batch_is_the_same_news() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        post(new Notice().body());
        post(Notice.of("1|_|3", "557.40|_|557.40", OID, SECOND).body());

        assertThat(applied())
                .containsExactly(
                        "FP01JD0000000000000000AB Succeeded", "FP01JD0000000000000000CD Pending");
    }

    @Test
    void what_payeases_query_denies_is_asked_for_again() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "2", "557.40"));
        payease.answers.add(PretendPayease.refusal("(E01)Invalid order number"));

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("error");
        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("error");
        assertThat(applied()).isEmpty();

        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void a_query_with_another_amount_parks_it() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.41"));

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).isEmpty();
        assertThat(kept()).containsExactly("refused differs_from_query FP01JD0000000000000000AB");
    }

    @Test
    void while_no_query_is_answered_the_sign_alone_counts() throws Exception {
        payease.answers.add(new MockResponse.Builder().code(500).build());

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void unless_we_have_said_that_it_shall_not() throws Exception {
        mvc = endpoint(payease.account(PayeaseProperties.Page.UTF8, true, false));
        payease.answers.add(new MockResponse.Builder().code(500).build());

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("error");
        assertThat(applied()).isEmpty();
    }

    @Test
    void a_slow_query_does_not_keep_payease_waiting() throws Exception {
        payease.answers.add(
                PretendPayease.order(OID, "1", "557.40")
                        .newBuilder()
                        .headersDelay(10, java.util.concurrent.TimeUnit.SECONDS)
                        .build());
        var start = System.nanoTime();

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void when_our_store_fails_payease_comes_again() throws Exception {
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));
        core.set(_ -> {
            throw new IllegalStateException("no database");
        });

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("error");
        core.set(NotificationEndpointTest::applied);
        payease.answers.add(PretendPayease.order(OID, "1", "557.40"));

        assertThat(post(new Notice().body()).getContentAsString()).isEqualTo("sent");
        assertThat(applied()).hasSize(1);
    }

    @Test
    void nobody_is_told_about_accounts_we_do_not_have() throws Exception {
        var answer =
                mvc.perform(
                                MockMvcRequestBuilders.post(
                                                "/channels/payease/notifications/nobody")
                                        .content(new Notice().body()))
                        .andReturn()
                        .getResponse();

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(kept()).isEmpty();
    }

    private MockHttpServletResponse post(byte[] body) throws Exception {
        return mvc.perform(
                        MockMvcRequestBuilders.post(PATH)
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .content(body))
                .andReturn()
                .getResponse();
    }

    private static List<String> applied() {
        return jdbc.sql("select said from applied order by id").query(String.class).list();
    }

    private static List<String> kept() {
        return jdbc.sql(
                        """
                        select verdict || ' ' || coalesce(reason, 'null') || ' ' || coalesce(order_number, 'null')
                          from channel_notification order by id
                        """)
                .query(String.class)
                .list();
    }
}
