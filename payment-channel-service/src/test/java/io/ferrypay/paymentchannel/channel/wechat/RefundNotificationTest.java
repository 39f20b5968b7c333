package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefundNotificationTest {

    @TempDir static Path files;
    private static PretendWechat wechat;
    private static NotificationReader reader;

    @BeforeAll
    static void open() throws IOException {
        wechat = new PretendWechat(files);
        reader = wechat.open().notifications();
    }

    @AfterAll
    static void close() {
        wechat.close();
    }

    @Test
    void a_refund_that_arrived_is_read_and_the_sdk_agrees() {
        var notification = notification("REFUND.SUCCESS", "SUCCESS");

        var reading = read(notification);

        assertThat(sdk(notification).get("out_refund_no")).isEqualTo(RefundTest.NUMBER);
        assertThat(reading).isInstanceOf(Reading.OfRefund.class);
        var told = (Reading.OfRefund) reading;
        assertThat(told.notificationId()).isEqualTo(SignedNotification.ID);
        var report = told.report();
        assertThat(report.accountId()).isEqualTo("wechat_test");
        assertThat(report.refundNumber()).isEqualTo(RefundTest.NUMBER);
        assertThat(report.orderNumber()).isEqualTo("FP01JD000000000000000001");
        assertThat(report.refunded()).isEqualTo(new ChannelOutcome.Charged(300, "NZD"));
        assertThat(report.outcome())
                .isEqualTo(
                        new RefundAnswer.Succeeded(
                                "50000000382026112400000000001",
                                new Money(1394, Currency.of("CNY")),
                                Instant.parse("2026-11-25T01:20:05Z")));
        assertThat(report.evidence())
                .contains("\"refund_status\":\"SUCCESS\"")
                .doesNotContain("0403", "招商银行");
    }

    @Test
    void a_refund_wechat_gave_up_has_failed() {
        var reading = read(notification("REFUND.CLOSED", "CLOSED"));

        assertThat(((Reading.OfRefund) reading).report().outcome())
                .isEqualTo(new RefundAnswer.Failed("REFUNDCLOSE"));
    }

    @Test
    void a_refund_that_found_no_card_needs_a_person() {
        var reading = read(notification("REFUND.ABNORMAL", "ABNORMAL"));

        assertThat(((Reading.OfRefund) reading).report().outcome())
                .isEqualTo(new RefundAnswer.NeedsAPerson("50000000382026112400000000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "REFUND.SUCCESS, CLOSED, unexpected_state",
        "REFUND.CLOSED, SUCCESS, unexpected_state",
        "REFUND.ABNORMAL, PROCESSING, unexpected_state",
        "REFUND.BRAND_NEW, SUCCESS, unexpected_event",
        "TRANSACTION.SUCCESS, SUCCESS, unexpected_event",
    })
    void an_event_and_a_state_that_do_not_fit_are_refused(
            String event, String state, String reason) {
        assertRefused(notification(event, state), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"out_refund_no\"", "\"refund\":300", "\"currency\"", "\"amount\""})
    void what_is_missing_is_not_guessed(String field) {
        var notification = notification("REFUND.SUCCESS", "SUCCESS");
        notification.transaction = notification.transaction.replace(field, "\"x\":0,\"other\"");

        assertThat(read(notification)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void another_institutions_refund_is_refused() {
        var notification = notification("REFUND.SUCCESS", "SUCCESS");
        notification.transaction = notification.transaction.replace("1900000100", "1900000101");

        assertRefused(notification, "wrong_institution");
    }

    @Test
    void a_payments_content_under_a_refunds_name_is_refused() {
        var notification = new SignedNotification();
        notification.eventType = "REFUND.SUCCESS";

        assertRefused(notification, "unexpected_event");
    }

    @Test
    void wechats_own_probe_is_refused_before_anything_is_read() {
        var notification = notification("REFUND.SUCCESS", "SUCCESS");
        notification.signature = "WECHATPAY/SIGNTEST/" + "A".repeat(300);

        assertRefused(notification, "bad_signature");
    }

    private static void assertRefused(SignedNotification notification, String reason) {
        assertThat(read(notification))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static Reading read(SignedNotification notification) {
        return reader.read(NotificationHeaders.of(notification.headers()), notification.body());
    }

    private static Map<?, ?> sdk(SignedNotification notification) {
        var certificates =
                new InMemoryCertificateProvider(List.of(PretendWechat.PLATFORM.certificate()));
        var cipher = new AeadAesCipher(PretendWechat.API_V3_KEY.getBytes(StandardCharsets.UTF_8));
        var headers = notification.headers();
        return new NotificationParser(
                        Map.of("WECHATPAY2-SHA256-RSA2048", new RSAVerifier(certificates)),
                        Map.of("AEAD_AES_256_GCM", cipher))
                .parse(
                        new RequestParam.Builder()
                                .serialNumber(headers.get("Wechatpay-Serial"))
                                .nonce(headers.get("Wechatpay-Nonce"))
                                .timestamp(headers.get("Wechatpay-Timestamp"))
                                .signature(headers.get("Wechatpay-Signature"))
                                .body(new String(notification.body(), StandardCharsets.UTF_8))
                                .build(),
                        Map.class);
    }

    private static SignedNotification notification(String event, String state) {
        var notification = new SignedNotification();
        notification.eventType = event;
        notification.associatedData = "refund";
        notification.transaction =
                """
                {"sp_mchid":"1900000100","sub_mchid":"1900000109","out_trade_no":"FP01JD000000000000000001",
                 "transaction_id":"4200000000202611240000000001","out_refund_no":"%s",
                 "refund_id":"50000000382026112400000000001","refund_status":"%s",
                 "success_time":"2026-11-25T09:20:05+08:00","recv_account":"招商银行信用卡0403",
                 "fund_source":"REFUND_SOURCE_UNSETTLED_FUNDS",
                 "amount":{"total":12000,"currency":"NZD","refund":300,"payer_total":55740,"payer_refund":1394,
                           "payer_currency":"CNY","exchange_rate":{"type":"USERPAYMENT_RATE","rate":464500000}}}\
                """
                        .formatted(RefundTest.NUMBER, state);
        return notification;
    }
}
