package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.SUB_MCHID;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateDownloadTest {

    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2098-01-01T00:00:00Z");
    private static final TestCertificate STRANGER = TestCertificate.create("ABCD", FROM, TO);

    @TempDir Path files;
    private PretendWechat wechat;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    private WechatAnswer<WechatTransaction> query() {
        return wechat.open().client().query(SUB_MCHID, "FP01JD000000000000000001");
    }

    @Test
    void opening_an_account_needs_no_network() {
        wechat.close();

        assertThat(wechat.open().asChannelAccount().id()).isEqualTo("wechat_test");
    }

    @Test
    void the_first_call_brings_the_certificates_and_the_second_needs_none() {
        var client = wechat.open().client();
        wechat.answers.add(signed(200, SampleOrders.paid()));
        wechat.answers.add(signed(200, SampleOrders.paid()));

        var first = client.query(SUB_MCHID, "FP01JD000000000000000001");
        var second = client.query(SUB_MCHID, "FP01JD000000000000000001");

        assertThat(first).isInstanceOf(WechatAnswer.Done.class);
        assertThat(second).isInstanceOf(WechatAnswer.Done.class);
        assertThat(wechat.certificateDownloads).hasValue(1);
    }

    @Test
    void all_certificates_of_a_rotation_are_accepted() {
        wechat.offered = List.of(PretendWechat.PLATFORM, STRANGER);
        wechat.answers.add(
                signed(
                        200,
                        SampleOrders.paid(),
                        STRANGER.serial(),
                        STRANGER.privateKey(),
                        Instant.now()));

        assertThat(query()).isInstanceOf(WechatAnswer.Done.class);
    }

    static Stream<Named<MockResponse>> answers_nobody_should_trust() {
        var now = Instant.now();
        var offer =
                """
                {"data":[{"serial_no":"%s","effective_time":"2020-01-01T00:00:00+08:00","expire_time":"2099-01-01T00:00:00+08:00","encrypt_certificate":%s}]}\
                """;
        var forged =
                offer.formatted(
                        STRANGER.serial(),
                        PretendWechat.encrypted(
                                STRANGER.pem(), "certificate", "another-key-of-32-bytes-for-test"));
        var genuine =
                offer.formatted(
                        STRANGER.serial(),
                        PretendWechat.encrypted(
                                STRANGER.pem(), "certificate", PretendWechat.API_V3_KEY));
        var key = STRANGER.privateKey();
        return Stream.of(
                Named.of(
                        "encrypted with another key",
                        signed(200, forged, STRANGER.serial(), key, now)),
                Named.of(
                        "signed by none of them",
                        signed(
                                200,
                                genuine,
                                STRANGER.serial(),
                                PretendWechat.PLATFORM.privateKey(),
                                now)),
                Named.of("signed by one it does not bring", signed(200, genuine, "0D0D", key, now)),
                Named.of(
                        "replayed",
                        signed(200, genuine, STRANGER.serial(), key, now.minusSeconds(600))),
                Named.of("empty list", signed(200, "{\"data\":[]}")),
                Named.of("no list", signed(200, "{}")),
                Named.of("HTML 502", html(502)),
                Named.of("server error", error(500, "SYSTEM_ERROR")),
                Named.of("not found", error(404, "NOT_FOUND")));
    }

    @ParameterizedTest
    @MethodSource("answers_nobody_should_trust")
    void without_a_trustworthy_certificate_nothing_else_is_asked(MockResponse answer) {
        wechat.certificateAnswers.add(answer);

        assertThat(query()).isEqualTo(new WechatAnswer.NotNow<>("no platform certificate"));
        assertThat(wechat.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGN_ERROR", "NO_AUTH", "MCH_NOT_EXISTS", "RESOURCE_NOT_EXISTS"})
    void an_account_wechat_does_not_accept_is_told_from_one_that_is_down(String code) {
        wechat.certificateAnswers.add(error(401, code));

        assertThat(query()).isInstanceOf(WechatAnswer.Misconfigured.class);
    }

    @Test
    void an_api_key_of_another_length_is_refused_at_the_start() throws IOException {
        Files.writeString(files.resolve("api-v3-key.txt"), "too-short");

        assertThatThrownBy(wechat::open)
                .hasMessageContaining("api-v3-key.txt")
                .hasMessageContaining("9 bytes")
                .hasMessageNotContaining("too-short");
    }

    @Test
    void a_key_that_is_not_pkcs8_is_refused_without_quoting_it() throws IOException {
        Files.writeString(
                files.resolve("merchant-key.pem"),
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(wechat::open)
                .hasMessageContaining("PKCS#8")
                .hasNoCause()
                .hasMessageNotContaining("MIIE");
    }
}
