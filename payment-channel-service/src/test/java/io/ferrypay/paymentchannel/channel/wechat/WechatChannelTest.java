package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.SUB_MCHID;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PresentsQr.QrAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WechatChannelTest {

    private static final OrderKey KEY =
            new OrderKey("wechat_test", "01JD0000000000000000000000000001", SUB_MCHID);
    private static final Instant EXPIRES = Instant.parse("2026-11-24T04:30:15.987Z");
    private static final ChannelOrder ORDER =
            new ChannelOrder(
                    KEY,
                    "5499",
                    new Money(12_000, Currency.of("NZD")),
                    "Mānuka honey 🍯 500 g",
                    EXPIRES.minusSeconds(900),
                    EXPIRES);
    private static final String CODE = "{\"code_url\":\"weixin://wxpay/s/An4baqw\"}";

    @TempDir Path files;
    private PretendWechat wechat;
    private WechatChannel channel;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
        channel = channel(wechat.open());
    }

    private static WechatChannel channel(WechatAccount account) {
        return new WechatChannel(new WechatAccounts(List.of(account)), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void an_order_is_placed_as_wechat_documents_it() throws Exception {
        wechat.answers.add(signed(200, CODE));

        var answer = channel.presentQr(ORDER);

        assertThat(answer).isEqualTo(new QrAnswer.Ready("weixin://wxpay/s/An4baqw", EXPIRES));
        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/v3/global/transactions/native");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("WechatPay-Java/0.2.17");
        assertThat(request.getHeaders().get("Wechatpay-Serial"))
                .isEqualTo(PretendWechat.PLATFORM.serial());
        assertThat(WechatJson.MAPPER.readTree(request.getBody().utf8()))
                .isEqualTo(
                        WechatJson.MAPPER.readTree(
                                """
                                {"sp_mchid":"1900000100","sp_appid":"wx8888888888888888","sub_mchid":"1900000109",
                                 "description":"Mānuka honey  500 g","out_trade_no":"01JD0000000000000000000000000001",
                                 "notify_url":"https://pay.example.com/channels/wechat/notifications/wechat_test",
                                 "trade_type":"NATIVE","merchant_category_code":"5499",
                                 "time_expire":"2026-11-24T12:30:15+08:00","amount":{"total":12000,"currency":"NZD"}}
                                """));
    }

    @Test
    void the_same_order_makes_the_same_bytes() throws Exception {
        wechat.answers.add(signed(200, CODE));
        wechat.answers.add(signed(200, CODE));

        channel.presentQr(ORDER);
        channel.presentQr(ORDER);

        assertThat(wechat.asked.take().getBody()).isEqualTo(wechat.asked.take().getBody());
    }

    @Test
    void a_server_error_is_answered_with_the_same_request_once_more() {
        wechat.answers.add(error(500, "SYSTEMERROR"));
        wechat.answers.add(signed(200, CODE));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
        assertThat(wechat.asked)
                .hasSize(2)
                .extracting(request -> request.getBody().utf8())
                .matches(bodies -> bodies.getFirst().equals(bodies.getLast()));
    }

    @Test
    void a_second_server_error_leaves_the_outcome_unknown() {
        wechat.answers.add(error(500, "SYSTEM_ERROR"));
        wechat.answers.add(html(502));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(wechat.asked).hasSize(2);
    }

    static Stream<Named<MockResponse>> answers_that_prove_nothing() {
        var now = Instant.now();
        var stranger = TestCertificate.newKeyPair().getPrivate();
        var serial = PretendWechat.PLATFORM.serial();
        var key = PretendWechat.PLATFORM.privateKey();
        return Stream.of(
                Named.of(
                        "unsigned",
                        new MockResponse.Builder()
                                .setHeader("Content-Type", "application/json")
                                .body(CODE)
                                .build()),
                Named.of("signed by a stranger", signed(200, CODE, serial, stranger, now)),
                Named.of("unknown serial", signed(200, CODE, "ABCDEF01", key, now)),
                Named.of("serial that is no number", signed(200, CODE, "serial?", key, now)),
                Named.of(
                        "public key nobody configured",
                        signed(200, CODE, "PUB_KEY_ID_1", key, now)),
                Named.of("stale", signed(200, CODE, serial, key, now.minusSeconds(301))),
                Named.of("from the future", signed(200, CODE, serial, key, now.plusSeconds(361))),
                Named.of("without serial", without("Wechatpay-Serial")),
                Named.of("without signature", without("Wechatpay-Signature")),
                Named.of("without timestamp", without("Wechatpay-Timestamp")),
                Named.of("without nonce", without("Wechatpay-Nonce")),
                Named.of(
                        "signature not Base64",
                        with("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x!")),
                Named.of("timestamp not a number", with("Wechatpay-Timestamp", "soon")),
                Named.of("plain text", with("Content-Type", "text/plain")),
                Named.of("no content type", without("Content-Type")),
                Named.of("no JSON", signed(200, "{\"code_url\":")),
                Named.of("a JSON array", signed(200, "[]")),
                Named.of("no code", signed(200, "{}")),
                Named.of("empty code", signed(200, "{\"code_url\":\" \"}")),
                Named.of("signed 204 instead of 200", signed(204, "")),
                Named.of("HTML 404", html(404)),
                Named.of("HTML 403", html(403)),
                Named.of("error with null code", raw(400, "{\"code\":null,\"message\":\"?\"}")),
                Named.of("error with object code", raw(400, "{\"code\":{},\"message\":\"?\"}")),
                Named.of("error array", raw(400, "[]")),
                Named.of("error without body", raw(400, "")),
                Named.of("an error code nobody knows", error(400, "SOMETHING_NEW")),
                Named.of("redirect", raw(302, "")),
                Named.of(
                        "larger than a mebibyte",
                        signed(200, "{\"a\":\"" + "x".repeat(1 << 20) + "\"}")));
    }

    @ParameterizedTest
    @MethodSource("answers_that_prove_nothing")
    void an_answer_that_proves_nothing_leaves_creation_query_and_close_unknown(
            MockResponse answer) {
        wechat.answers.add(answer);
        wechat.answers.add(answer);
        wechat.answers.add(answer);

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(channel.query(KEY).outcome()).isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(wechat.asked).hasSizeGreaterThanOrEqualTo(3);
    }

    private static MockResponse without(String header) {
        return signed(200, CODE).newBuilder().removeHeader(header).build();
    }

    private static MockResponse with(String header, String value) {
        return signed(200, CODE).newBuilder().setHeader(header, value).build();
    }

    private static MockResponse raw(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Test
    void a_read_timeout_after_wechat_acted_is_unknown_and_the_repeat_finds_the_order() {
        wechat.answers.add(
                signed(200, CODE).newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(signed(200, CODE));

        var first = channel.presentQr(ORDER);
        var second = channel.presentQr(ORDER);

        assertThat(first).isEqualTo(new QrAnswer.Unknown("SocketTimeoutException"));
        assertThat(second).isInstanceOf(QrAnswer.Ready.class);
    }

    @Test
    void an_answer_that_trickles_ends_with_the_time_limit() {
        wechat.answers.add(
                signed(200, CODE).newBuilder().throttleBody(1, 300, TimeUnit.MILLISECONDS).build());

        var start = System.nanoTime();
        var answer = channel.presentQr(ORDER);

        assertThat(answer).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_connection_cut_in_the_answer_is_unknown() {
        var cut =
                signed(200, CODE)
                        .newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build();
        wechat.answers.addAll(List.of(cut, cut));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Unknown.class);
    }

    @Test
    void nothing_is_sent_when_nobody_listens() {
        wechat.answers.add(signed(200, CODE));
        channel.presentQr(ORDER);
        wechat.close();

        var answer = wechatAnswerWithNobodyListening();

        assertThat(answer).isInstanceOf(WechatAnswer.NotNow.class);
    }

    private WechatAnswer<WechatTransaction> wechatAnswerWithNobodyListening() {
        return wechat.open(wechat.account(PretendWechat.PUBLIC_KEY_ID, false))
                .client()
                .query(SUB_MCHID, KEY.orderNumber());
    }

    @Test
    void header_names_in_lower_case_are_understood() {
        var answer = signed(200, CODE);
        var lowerCase = new MockResponse.Builder().body(CODE);
        for (var header : answer.getHeaders()) {
            if (!header.getFirst().equalsIgnoreCase("Content-Length")) {
                lowerCase.setHeader(
                        header.getFirst().toLowerCase(java.util.Locale.ROOT), header.getSecond());
            }
        }
        wechat.answers.add(lowerCase.build());

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARAM_ERROR",
                "RULE_LIMIT",
                "ACCOUNT_ERROR",
                "ORDER_CLOSED",
                "ORDERCLOSED",
                "SIGN_ERROR",
                "NO_AUTH",
                "NOAUTH",
                "APPID_MCHID_NOT_MATCH",
                "MCH_NOT_EXISTS"
            })
    void a_definite_no_is_a_refusal(String code) {
        wechat.answers.add(error(400, code));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Refused.class);
        assertThat(wechat.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "RATE_LIMITED", "NEW_LIMIT"})
    void too_many_requests_means_later_not_never(String code) {
        wechat.answers.add(error(429, code));

        var answer = wechat.open().client().query(SUB_MCHID, KEY.orderNumber());

        assertThat(answer).isInstanceOf(WechatAnswer.NotNow.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERPAID", "ORDER_PAID"})
    void creating_what_is_paid_says_so(String code) {
        wechat.answers.add(error(400, code));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.AlreadyPaid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID_REQUEST", "OUT_TRADE_NO_USED"})
    void a_number_in_use_is_looked_up_before_it_is_called_refused(String code) {
        wechat.answers.add(error(400, code));
        wechat.answers.add(error(404, "ORDER_NOT_EXIST"));
        wechat.answers.add(error(400, code));
        wechat.answers.add(signed(200, transaction("NOTPAY")));
        wechat.answers.add(error(400, code));
        wechat.answers.add(signed(200, paid()));

        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Refused.class);
        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.AlreadyPaid.class);
    }

    @Test
    void a_paid_order_is_reported_with_what_wechat_booked() throws Exception {
        wechat.answers.add(signed(200, paid()));

        var report = channel.query(KEY);

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                "4200000000202611240000000001",
                                12_000,
                                "NZD",
                                55_740L,
                                "CNY",
                                new BigDecimal("4.64500000"),
                                Instant.parse("2026-11-24T04:20:05Z")));
        assertThat(report.source()).isEqualTo(ChannelReport.Source.QUERY);
        assertThat(report.accountId()).isEqualTo("wechat_test");
        assertThat(report.orderNumber()).isEqualTo(KEY.orderNumber());
        assertThat(report.subMerchantId()).isEqualTo(SUB_MCHID);
        assertThat(report.evidence())
                .contains("\"trade_state\":\"SUCCESS\"")
                .doesNotContain("oUpF8");
        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget())
                .isEqualTo(
                        "/v3/global/transactions/out-trade-no/01JD0000000000000000000000000001?sp_mchid=1900000100&sub_mchid=1900000109");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERNOTEXIST", "ORDER_NOT_EXIST", "ORDER_NOT_EXISTS"})
    void an_order_wechat_never_saw_is_closed(String code) {
        wechat.answers.add(error(404, code));

        assertThat(channel.query(KEY).outcome()).isEqualTo(new ChannelOutcome.Closed());
    }

    @Test
    void an_answer_about_another_order_is_not_believed() {
        wechat.answers.add(signed(200, paid().replace(KEY.orderNumber(), "ANOTHER1")));
        wechat.answers.add(signed(200, paid().replace(SUB_MCHID, "1900000110")));
        wechat.answers.add(signed(200, paid().replace("1900000100", "1900000101")));

        for (int i = 0; i < 3; i++) {
            assertThat(channel.query(KEY).outcome()).isInstanceOf(ChannelOutcome.Unknown.class);
        }
    }

    @Test
    void closing_is_a_204_and_then_a_query() throws Exception {
        wechat.answers.add(signed(204, ""));
        wechat.answers.add(signed(200, transaction("CLOSED")));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Closed());

        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget())
                .isEqualTo(
                        "/v3/global/transactions/out-trade-no/01JD0000000000000000000000000001/close");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"sp_mchid\":\"1900000100\",\"sub_mchid\":\"1900000109\"}");
    }

    @Test
    void a_payer_faster_than_the_closing_has_paid() {
        wechat.answers.add(signed(204, ""));
        wechat.answers.add(signed(200, paid()));
        wechat.answers.add(error(400, "ORDERPAID"));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void closing_what_is_closed_or_never_was_succeeds() {
        wechat.answers.add(error(400, "ORDERCLOSED"));
        wechat.answers.add(error(400, "ORDER_CLOSED"));
        wechat.answers.add(error(404, "ORDERNOTEXIST"));

        for (int i = 0; i < 3; i++) {
            assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Closed());
        }
    }

    @Test
    void a_closing_refused_or_unsigned_is_not_a_closing() {
        wechat.answers.add(error(400, "INVALID_REQUEST"));
        wechat.answers.add(new MockResponse.Builder().code(204).build());
        wechat.answers.add(error(500, "SYSTEM_ERROR"));
        wechat.answers.add(signed(204, ""));
        wechat.answers.add(signed(200, transaction("NOTPAY")));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Refused("INVALID_REQUEST"));
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
    }

    @Test
    void a_wechat_that_keeps_failing_is_left_alone_for_a_while() {
        for (int i = 0; i < 20; i++) {
            wechat.answers.add(html(502));
        }
        for (int i = 0; i < 20; i++) {
            channel.query(KEY);
        }

        assertThat(channel.query(KEY).outcome())
                .isEqualTo(new ChannelOutcome.Unknown("breaker open"));
        assertThat(wechat.asked).hasSize(20);
        wechat.answers.add(signed(200, CODE));
        assertThat(channel.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
    }

    @Test
    void public_key_mode_needs_no_certificates() {
        var account = wechat.account(PretendWechat.PUBLIC_KEY_ID, false);
        var answer =
                signed(
                        200,
                        CODE,
                        PretendWechat.PUBLIC_KEY_ID,
                        PretendWechat.PUBLIC_KEY_MODE_KEYS.getPrivate(),
                        Instant.now());
        wechat.answers.addAll(List.of(answer, signed(200, CODE)));
        var publicKeyMode = channel(wechat.open(account));

        assertThat(publicKeyMode.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
        assertThat(publicKeyMode.presentQr(ORDER)).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(wechat.certificateDownloads).hasValue(0);
        assertThat(wechat.asked.poll().getHeaders().get("Wechatpay-Serial"))
                .isEqualTo(PretendWechat.PUBLIC_KEY_ID);
    }

    @Test
    void public_key_and_certificates_stand_side_by_side() {
        var both = channel(wechat.open(wechat.account(PretendWechat.PUBLIC_KEY_ID, true)));
        wechat.answers.add(signed(200, CODE));
        wechat.answers.add(
                signed(
                        200,
                        CODE,
                        PretendWechat.PUBLIC_KEY_ID,
                        PretendWechat.PUBLIC_KEY_MODE_KEYS.getPrivate(),
                        Instant.now()));

        assertThat(both.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
        assertThat(both.presentQr(ORDER)).isInstanceOf(QrAnswer.Ready.class);
    }

    static String paid() {
        return """
        {"sp_mchid":"1900000100","sub_mchid":"1900000109","sp_appid":"wx8888888888888888",
         "out_trade_no":"01JD0000000000000000000000000001","id":"4200000000202611240000000001","attach":"","trade_type":"NATIVE",
         "bank_type":"CMB_DEBIT","success_time":"2026-11-24T12:20:05+08:00","trade_state":"SUCCESS","trade_state_desc":"支付成功",
         "payer":{"sp_openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
         "amount":{"total":12000,"currency":"NZD","payer_total":55740,"payer_currency":"CNY",
                   "exchange_rate":{"type":"SETTLEMENT_RATE","rate":464500000}},"promotion_detail":[]}\
        """;
    }

    static String transaction(String state) {
        return """
        {"sp_mchid":"1900000100","sub_mchid":"1900000109","sp_appid":"wx8888888888888888",
         "out_trade_no":"01JD0000000000000000000000000001","trade_type":"NATIVE","trade_state":"%s","trade_state_desc":"",
         "amount":{"total":12000,"currency":"NZD"}}\
        """
                .formatted(state);
    }
}
