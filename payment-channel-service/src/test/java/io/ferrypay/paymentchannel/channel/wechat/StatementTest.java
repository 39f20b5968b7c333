package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    /** 10:00 in Beijing on the day after. */
    private static final Instant READY = Instant.parse("2026-11-25T02:00:00Z");

    private static final String FILE =
            "\ufeff交易时间,公众账号ID\r\n`2026-11-24 12:20:05,`wx8888888888888888\r\n";

    @TempDir Path files;
    private PretendWechat wechat;
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void a_days_file_is_passed_on_byte_for_byte() throws Exception {
        wechat.answers.add(file(FILE));

        var answer = fetch(READY);

        var bytes = FILE.getBytes(StandardCharsets.UTF_8);
        assertThat(answer)
                .isEqualTo(
                        new StatementAnswer.Complete(
                                "wechat-global-csv", hash("SHA-256", bytes), bytes.length, true));
        assertThat(sink.toByteArray()).isEqualTo(bytes);
        var asked = wechat.asked.take();
        assertThat(asked.getTarget())
                .isEqualTo("/v3/global/statements?date=20261124&sp_mchid=1900000100");
        assertThat(asked.getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
        assertThat(asked.getHeaders().get("User-Agent")).isNotBlank();
    }

    @Test
    void a_compressed_file_is_vouched_for_as_it_is_unpacked() throws Exception {
        var packed = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(packed))) {
            gzip.writeUtf8(FILE);
        }
        wechat.answers.add(
                file(FILE).newBuilder().setHeader("Content-Encoding", "gzip").body(packed).build());

        assertThat(fetch(READY)).isInstanceOf(StatementAnswer.Complete.class);
        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo(FILE);
    }

    @Test
    void a_file_larger_than_any_other_answer_gets_through() throws Exception {
        wechat.answers.add(file(FILE.repeat(50_000)));

        assertThat(fetch(READY))
                .isInstanceOfSatisfying(
                        StatementAnswer.Complete.class,
                        complete -> assertThat(complete.bytes()).isGreaterThan(3_000_000));
    }

    @Test
    void no_file_means_not_yet_until_ten_in_beijing_and_an_empty_day_from_then_on()
            throws Exception {
        for (int i = 0; i < 3; i++) {
            wechat.answers.add(error(400, "NO_STATEMENT_EXIST"));
        }
        wechat.answers.add(error(400, "STATEMENT_CREATING"));

        assertThat(fetch(READY.minusSeconds(1))).isEqualTo(new StatementAnswer.NotReady());
        assertThat(fetch(READY)).isEqualTo(new StatementAnswer.EmptyDay());
        assertThat(fetch(READY.plusSeconds(86_400))).isEqualTo(new StatementAnswer.EmptyDay());
        assertThat(fetch(READY)).isEqualTo(new StatementAnswer.NotReady());
        assertThat(sink.size()).isZero();
    }

    @Test
    void a_day_wechat_cannot_have_is_not_asked_for() throws Exception {
        assertThat(fetch(Instant.parse("2026-11-24T15:59:59Z")))
                .isEqualTo(new StatementAnswer.NotReady());
        assertThat(fetch(Instant.parse("2026-11-23T15:59:59Z")))
                .isInstanceOf(StatementAnswer.OutOfRange.class);
        assertThat(fetch(Instant.parse("2027-05-24T00:00:00Z")))
                .isInstanceOf(StatementAnswer.OutOfRange.class);
        assertThat(wechat.asked).isEmpty();

        wechat.answers.add(error(400, "PARAM_ERROR"));
        assertThat(fetch(Instant.parse("2027-05-23T00:00:00Z")))
                .isEqualTo(new StatementAnswer.OutOfRange("PARAM_ERROR"));
    }

    @Test
    void a_file_nobody_vouches_for_is_forged() throws Exception {
        var key = PretendWechat.PLATFORM.privateKey();
        var sha1 = hash("SHA-1", FILE.getBytes(StandardCharsets.UTF_8));
        var forged =
                List.of(
                        file(FILE.replace("12:20:05", "12:20:06"), sha1, key, READY),
                        file(FILE, sha1, PretendWechat.MERCHANT_KEYS.getPrivate(), READY),
                        file(FILE, sha1, key, READY.minusSeconds(301)),
                        file(FILE, sha1, key, READY.plusSeconds(301)),
                        without("Wechatpay-Statement-Sha1"),
                        without("Wechatpay-Signature"),
                        without("Wechatpay-Serial"),
                        without("Wechatpay-Nonce"),
                        without("Wechatpay-Timestamp"),
                        file(FILE).newBuilder().setHeader("Wechatpay-Statement-Sha1", "1").build(),
                        file(FILE)
                                .newBuilder()
                                .setHeader("Wechatpay-Signature", "WECHATPAY/SIGNTEST/AA")
                                .build());

        for (var answer : forged) {
            wechat.answers.add(answer);

            assertThat(fetch(READY)).isInstanceOf(StatementAnswer.Forged.class);
        }
    }

    @Test
    void a_signature_over_the_body_does_not_vouch_for_a_file() throws Exception {
        var timestamp = READY.getEpochSecond();
        wechat.answers.add(
                file(FILE)
                        .newBuilder()
                        .setHeader(
                                "Wechatpay-Signature",
                                PretendWechat.sign(
                                        PretendWechat.PLATFORM.privateKey(),
                                        timestamp,
                                        "abcdefghij0123456789",
                                        FILE.getBytes(StandardCharsets.UTF_8)))
                        .build());

        assertThat(fetch(READY)).isInstanceOf(StatementAnswer.Forged.class);
    }

    @Test
    void what_goes_wrong_on_the_way_is_unknown() throws Exception {
        wechat.answers.add(
                file(FILE.repeat(1000))
                        .newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        wechat.answers.add(html(502));
        wechat.answers.add(error(500, "SYSTEM_ERROR"));
        wechat.answers.add(error(401, "SIGN_ERROR"));
        wechat.answers.add(error(400, "BRAND_NEW"));
        wechat.answers.add(file(FILE).newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(
                file(FILE).newBuilder().setHeader("Wechatpay-Serial", "0123456789ABCDEF").build());

        for (int i = 0; i < 7; i++) {
            assertThat(fetch(READY)).isInstanceOf(StatementAnswer.Unknown.class);
        }
    }

    @Test
    void a_sink_that_fails_is_our_trouble_and_not_wechats() {
        wechat.answers.add(file(FILE));
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("disk full");
                    }
                };

        assertThatThrownBy(() -> statements(READY).fetch(DAY, full))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    private StatementAnswer fetch(Instant now) throws IOException {
        return statements(now).fetch(DAY, sink);
    }

    private WechatStatements statements(Instant now) {
        return wechat.open(Clock.fixed(now, ZoneOffset.UTC)).statements();
    }

    private static MockResponse file(String text) {
        return file(
                text,
                hash("SHA-1", text.getBytes(StandardCharsets.UTF_8)),
                PretendWechat.PLATFORM.privateKey(),
                READY);
    }

    private static MockResponse file(String text, String sha1, PrivateKey key, Instant at) {
        var timestamp = at.getEpochSecond();
        var nonce = "abcdefghij0123456789";
        var signed = ("{\"sha1\":\"" + sha1 + "\"}").getBytes(StandardCharsets.US_ASCII);
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/plain")
                .setHeader("Wechatpay-Statement-Sha1", sha1)
                .setHeader("Wechatpay-Timestamp", timestamp)
                .setHeader("Wechatpay-Nonce", nonce)
                .setHeader("Wechatpay-Serial", PretendWechat.PLATFORM.serial())
                .setHeader("Wechatpay-Signature", PretendWechat.sign(key, timestamp, nonce, signed))
                .body(text)
                .build();
    }

    private static MockResponse without(String header) {
        return file(FILE).newBuilder().removeHeader(header).build();
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
