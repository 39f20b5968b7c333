package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationReaderTest {

    @TempDir static Path files;
    private static PretendWechat wechat;
    private static NotificationReader reader;
    private static NotificationParser sdk;

    @BeforeAll
    static void open() throws IOException {
        wechat = new PretendWechat(files);
        reader = wechat.open(wechat.account(PretendWechat.PUBLIC_KEY_ID, true)).notifications();
        var certificates =
                new InMemoryCertificateProvider(List.of(PretendWechat.PLATFORM.certificate()));
        var apiV3Key = PretendWechat.API_V3_KEY.getBytes(StandardCharsets.UTF_8);
        sdk =
                new NotificationParser(
                        Map.of("WECHATPAY2-SHA256-RSA2048", new RSAVerifier(certificates)),
                        Map.of("AEAD_AES_256_GCM", new AeadAesCipher(apiV3Key)));
    }

    @AfterAll
    static void close() {
        wechat.close();
    }

    private static Reading read(SignedNotification notification) {
        return reader.read(NotificationHeaders.of(notification.headers()), notification.body());
    }

    /** The SDK's parser, as a second opinion on what a genuine notification is. */
    private static Map<?, ?> sdk(SignedNotification notification) {
        var headers = notification.headers();
        return sdk.parse(
                new RequestParam.Builder()
                        .serialNumber(headers.get("Wechatpay-Serial"))
                        .nonce(headers.get("Wechatpay-Nonce"))
                        .timestamp(headers.get("Wechatpay-Timestamp"))
                        .signature(headers.get("Wechatpay-Signature"))
                        .body(new String(notification.body(), StandardCharsets.UTF_8))
                        .build(),
                Map.class);
    }

    @Test
    void a_genuine_notification_is_read_and_the_sdk_agrees() {
        var notification = new SignedNotification();

        var reading = read(notification);

        assertThat(reading).isInstanceOf(Reading.OfPayment.class);
        var report = ((Reading.OfPayment) reading).report();
        assertThat(report.orderNumber())
                .isEqualTo(sdk(notification).get("out_trade_no"))
                .isEqualTo("FP01JD000000000000000001");
        assertThat(report.subMerchantId()).isEqualTo("1900000109");
        assertThat(report.accountId()).isEqualTo("wechat_test");
        assertThat(report.source()).isEqualTo(ChannelReport.Source.NOTIFICATION);
        assertThat(report.notificationId()).isEqualTo(SignedNotification.ID);
        assertThat(report.evidence()).doesNotContain("openid");
        assertThat(report.outcome())
                .isInstanceOfSatisfying(
                        ChannelOutcome.Succeeded.class,
                        paid -> {
                            assertThat(paid.charged())
                                    .isEqualTo(new ChannelOutcome.Charged(12_000, "NZD"));
                            assertThat(paid.payerAmount())
                                    .isEqualTo(new Money(55_740, Currency.of("CNY")));
                        });
    }

    @Test
    void a_notification_may_be_signed_in_public_key_mode() {
        var notification = new SignedNotification();
        notification.serial = PretendWechat.PUBLIC_KEY_ID;
        notification.key = PretendWechat.PUBLIC_KEY_MODE_KEYS.getPrivate();

        assertThat(read(notification)).isInstanceOf(Reading.OfPayment.class);
    }

    @Test
    void an_empty_associated_data_may_be_left_out() {
        var notification = new SignedNotification();
        notification.resource =
                PretendWechat.encrypted(SampleOrders.paid(), "", PretendWechat.API_V3_KEY)
                        .replace(",\"associated_data\":\"\"", "")
                        .replace("\"original_type\":\"\"", "\"original_type\":\"transaction\"");

        assertThat(read(notification)).isInstanceOf(Reading.OfPayment.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 0, 299})
    void a_signature_is_fresh_for_five_minutes(long seconds) {
        var notification = new SignedNotification();
        notification.signedAt = Instant.now().plusSeconds(seconds);

        assertThat(read(notification)).isInstanceOf(Reading.OfPayment.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -302, 302, 86_400})
    void an_old_notification_is_stale_although_the_sdk_would_take_it(long seconds) {
        var notification = new SignedNotification();
        notification.signedAt = Instant.now().plusSeconds(seconds);

        assertThat(sdk(notification)).isNotEmpty();
        assertThat(read(notification)).isEqualTo(unproven(NotificationRefusal.STALE));
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery(NotificationRefusal.BAD_SIGNATURE, n -> n.key = strangersKey()),
                forgery(NotificationRefusal.BAD_SIGNATURE, n -> n.signature = "AAAA"),
                forgery(
                        NotificationRefusal.BAD_SIGNATURE,
                        n -> n.signature = "WECHATPAY/SIGNTEST/" + "a".repeat(325)),
                forgery(
                        NotificationRefusal.BAD_SIGNATURE,
                        n -> {
                            n.signature = n.headers().get("Wechatpay-Signature");
                            n.envelope = n.envelope.replace(SignedNotification.ID, "EV-1");
                        }),
                forgery(NotificationRefusal.UNKNOWN_SERIAL, n -> n.serial = "0123456789ABCDEF"),
                forgery(NotificationRefusal.UNKNOWN_SERIAL, n -> n.serial = "PUB_KEY_ID_2"),
                forgery(NotificationRefusal.UNKNOWN_SERIAL, n -> n.serial = "' or 1=1 --"));
    }

    private static Arguments forgery(
            NotificationRefusal reason, Consumer<SignedNotification> spoil) {
        return Arguments.of(reason, spoil);
    }

    private static PrivateKey strangersKey() {
        return TestCertificate.newKeyPair().getPrivate();
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void a_forgery_is_refused_and_the_sdk_agrees(
            NotificationRefusal reason, Consumer<SignedNotification> spoil) {
        var notification = new SignedNotification();
        spoil.accept(notification);

        assertThat(read(notification)).isEqualTo(unproven(reason));
        assertThatThrownBy(() -> sdk(notification)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void each_of_the_four_headers_is_needed_and_their_case_is_not() {
        var notification = new SignedNotification();
        var lowerCase = new HashMap<String, String>();
        notification
                .headers()
                .forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));

        assertThat(reader.read(NotificationHeaders.of(lowerCase), notification.body()))
                .isInstanceOf(Reading.OfPayment.class);
        for (var name : lowerCase.keySet()) {
            if (!name.equals("wechatpay-signature-type")) {
                var incomplete = new HashMap<>(lowerCase);
                incomplete.remove(name);
                assertThat(reader.read(NotificationHeaders.of(incomplete), notification.body()))
                        .isEqualTo(unproven(NotificationRefusal.MISSING_HEADER));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "1e9", "99999999999999999999", "1764000000.5"})
    void a_timestamp_that_is_no_time_is_not_fresh(String timestamp) {
        var notification = new SignedNotification();
        var headers = notification.headers();
        headers.put("Wechatpay-Timestamp", timestamp);

        assertThat(reader.read(NotificationHeaders.of(headers), notification.body()))
                .isEqualTo(unproven(NotificationRefusal.STALE));
    }

    @Test
    void another_signature_type_is_not_guessed_at() {
        var notification = new SignedNotification();
        var headers = notification.headers();
        headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SM2-WITH-SM3");

        assertThat(reader.read(NotificationHeaders.of(headers), notification.body()))
                .isEqualTo(unproven(NotificationRefusal.UNKNOWN_SIGNATURE_TYPE));
    }

    static Stream<Arguments> genuine_but_not_for_us() {
        return Stream.of(
                forgery(NotificationRefusal.UNEXPECTED_EVENT, n -> n.eventType = "REFUND.SUCCESS"),
                forgery(NotificationRefusal.UNEXPECTED_EVENT, n -> n.associatedData = "refund"),
                forgery(
                        NotificationRefusal.UNKNOWN_ALGORITHM,
                        n -> n.resource = sealed().replace("AEAD_AES_256_GCM", "AEAD_SM4_GCM")),
                forgery(
                        NotificationRefusal.UNDECRYPTABLE,
                        n -> n.apiV3Key = "another-key-of-32-bytes-for-test"),
                forgery(
                        NotificationRefusal.UNDECRYPTABLE,
                        n -> n.resource = sealed().replace("61f9c719728a", "61f9")),
                forgery(
                        NotificationRefusal.UNDECRYPTABLE,
                        n ->
                                n.resource =
                                        sealed().replace(
                                                        "\"associated_data\":\"transaction\"",
                                                        "\"associated_data\":\"other\"")),
                forgery(
                        NotificationRefusal.UNDECRYPTABLE,
                        n ->
                                n.resource =
                                        "{\"original_type\":\"transaction\",\"algorithm\":\"AEAD_AES_256_GCM\"}"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.transaction = "not json"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.transaction = "null"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.transaction = "{}"),
                forgery(
                        NotificationRefusal.UNREADABLE,
                        n -> n.transaction = n.transaction.replace("12000", "12000.5")),
                forgery(
                        NotificationRefusal.UNREADABLE,
                        n -> n.transaction = n.transaction.replace("12000", "9".repeat(40))),
                forgery(
                        NotificationRefusal.UNREADABLE,
                        n ->
                                n.transaction =
                                        n.transaction.replace(
                                                "\"total\":12000", "\"total\":1,\"total\":12000")),
                forgery(NotificationRefusal.UNREADABLE, n -> n.envelope = "{"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.envelope = "null"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.envelope = "[]"),
                forgery(NotificationRefusal.UNREADABLE, n -> n.envelope = ""),
                forgery(NotificationRefusal.UNREADABLE, n -> n.id = " "),
                forgery(NotificationRefusal.UNREADABLE, n -> n.id = "x".repeat(129)),
                forgery(
                        NotificationRefusal.WRONG_INSTITUTION,
                        n -> n.transaction = n.transaction.replace("1900000100", "1900000101")),
                forgery(
                        NotificationRefusal.WRONG_APP,
                        n -> n.transaction = n.transaction.replace("wx8888", "wx9999")),
                forgery(
                        NotificationRefusal.UNEXPECTED_STATE,
                        n -> n.transaction = n.transaction.replace("SUCCESS\"", "NOTPAY\"")),
                forgery(
                        NotificationRefusal.UNEXPECTED_STATE,
                        n -> n.transaction = n.transaction.replace("\"currency\":\"NZD\",", "")));
    }

    private static String sealed() {
        return PretendWechat.encrypted(
                SampleOrders.paid(), "transaction", PretendWechat.API_V3_KEY);
    }

    @ParameterizedTest
    @MethodSource("genuine_but_not_for_us")
    void what_wechat_signed_but_we_cannot_act_on_is_refused_with_its_reason(
            NotificationRefusal reason, Consumer<SignedNotification> spoil) {
        var notification = new SignedNotification();
        spoil.accept(notification);

        assertThat(read(notification))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> {
                            assertThat(refused.reason()).isEqualTo(reason.code());
                            assertThat(refused.verified()).isTrue();
                        });
    }

    private static Reading unproven(NotificationRefusal reason) {
        return reason.unproven();
    }
}
