package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.CODE;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.KEY;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.ORDER;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

class TrustInAnswersTest {

    @TempDir Path files;
    private PretendWechat wechat;
    private WechatChannel channel;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
        channel = channel(wechat.open());
    }

    @AfterEach
    void close() {
        wechat.close();
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
    void an_answer_that_proves_nothing_leaves_creation_and_query_unknown(MockResponse answer) {
        wechat.answers.add(answer);
        wechat.answers.add(answer);

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Unknown.class);
        assertThat(channel.query(KEY).outcome()).isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(wechat.asked).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("answers_that_prove_nothing")
    void once_sent_nothing_is_called_harmless(MockResponse answer) {
        wechat.answers.add(answer);

        assertThat(wechat.open().client().query(KEY.subMerchantId(), KEY.orderNumber()))
                .isInstanceOf(WechatAnswer.Unknown.class);
    }

    @Test
    void a_read_timeout_is_not_called_harmless_either() {
        wechat.answers.add(
                signed(200, CODE).newBuilder().headersDelay(5, TimeUnit.SECONDS).build());

        assertThat(wechat.open().client().query(KEY.subMerchantId(), KEY.orderNumber()))
                .isEqualTo(new WechatAnswer.Unknown<>("SocketTimeoutException", false));
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
    void an_answer_that_trickles_ends_with_the_time_limit() {
        wechat.answers.add(
                signed(200, CODE).newBuilder().throttleBody(1, 300, TimeUnit.MILLISECONDS).build());

        var start = System.nanoTime();
        var answer = channel.offer(ORDER);

        assertThat(answer).isInstanceOf(OfferAnswer.Unknown.class);
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

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Unknown.class);
    }

    @Test
    void with_nobody_listening_it_is_certain_that_nothing_happened() {
        var client = wechat.open(wechat.account(PretendWechat.PUBLIC_KEY_ID, false)).client();
        wechat.close();

        assertThat(client.query(KEY.subMerchantId(), KEY.orderNumber()))
                .isEqualTo(new WechatAnswer.NotNow<>("ConnectException"));
    }

    @Test
    void header_names_in_lower_case_are_understood() {
        var answer = signed(200, CODE);
        var lowerCase = new MockResponse.Builder().body(CODE);
        for (var header : answer.getHeaders()) {
            if (!header.getFirst().equalsIgnoreCase("Content-Length")) {
                lowerCase.setHeader(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond());
            }
        }
        wechat.answers.add(lowerCase.build());

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
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
        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
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

        assertThat(publicKeyMode.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
        assertThat(publicKeyMode.offer(ORDER)).isInstanceOf(OfferAnswer.Unknown.class);
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

        assertThat(both.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
        assertThat(both.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
    }
}
