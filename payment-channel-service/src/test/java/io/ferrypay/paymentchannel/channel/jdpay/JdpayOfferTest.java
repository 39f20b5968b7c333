package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.NUMBER;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.key;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdpayOfferTest {

    private static final String QR = "https://h5pay.jd.com/code?c=abc";

    @TempDir Path files;
    private PretendJdpay jd;
    private JdpayChannel channel;

    @BeforeEach
    void open() throws IOException {
        jd = new PretendJdpay(files);
        channel = jd.channel();
    }

    @AfterEach
    void close() {
        jd.close();
    }

    @Test
    void it_takes_yuan_only_and_says_so() {
        assertThat(channel.takesMerchantCurrency()).isFalse();
        assertThat(channel.flows("jdpay-test"))
                .containsExactlyInAnyOrder(Flow.QR, Flow.DESKTOP, Flow.MOBILE, Flow.IN_WALLET);
        var dollars = with(key(Flow.QR), new Money(12_000, Currency.of("NZD")));
        var nothing = with(key(Flow.QR), new Money(0, Currency.of("CNY")));

        assertThat(channel.offer(order(dollars))).isEqualTo(new OfferAnswer.Refused("CURRENCY"));
        assertThat(channel.offer(order(nothing))).isEqualTo(new OfferAnswer.Refused("AMOUNT"));
        assertThat(jd.server.getRequestCount()).isZero();
    }

    @Test
    void a_desktop_posts_a_sealed_form_to_the_cashier() {
        var form = form(channel, order(Flow.DESKTOP));

        assertThat(form.action())
                .isEqualTo("http://localhost:" + jd.server.getPort() + "/jdpay/jdpay/saveOrder");
        assertThat(form.charset()).isEqualTo("UTF-8");
        var plain = plain(form);
        assertThat(plain)
                .containsEntry("version", "V2.0")
                .containsEntry("merchant", PretendJdpay.MERCHANT)
                .containsEntry("tradeNum", NUMBER)
                .containsEntry("tradeName", "Mānuka  honey      more")
                .containsEntry("tradeTime", "20261124121515")
                .containsEntry("amount", "55740")
                .containsEntry("currency", "CNY")
                .containsEntry("orderType", "0")
                .containsEntry("note", "HARBOURHONEY")
                .containsEntry("ip", "203.0.113.9")
                .containsEntry("expireTime", "900")
                .containsEntry(
                        "callbackUrl", "https://pay.example/channels/jdpay/returns/jdpay-test")
                .containsEntry(
                        "notifyUrl", "https://pay.example/channels/jdpay/notifications/jdpay-test")
                .doesNotContainKeys("settleCurrency", "kjInfo", "specId", "specName");
        assertThat(PretendJdpay.isMerchants(PretendJdpay.formText(plain), sign(form))).isTrue();
        assertThat(form.toString()).doesNotContain(PretendJdpay.encrypt("203.0.113.9"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MOBILE", "IN_WALLET"})
    void phones_go_to_the_phones_cashier(Flow flow) {
        assertThat(form(channel, order(flow)).action())
                .isEqualTo("http://localhost:" + jd.server.getPort() + "/jdpay/h5/jdpay/saveOrder");
    }

    @Test
    void the_same_order_makes_the_same_form() {
        assertThat(form(channel, order(Flow.DESKTOP)))
                .isEqualTo(form(channel, order(Flow.DESKTOP)));
    }

    @Test
    void no_two_orders_share_a_user_and_the_user_tells_nothing() {
        var other =
                new OrderKey(
                        "jdpay-test",
                        "FP01JD000000000000000002",
                        "HARBOURHONEY",
                        Flow.DESKTOP,
                        key(Flow.DESKTOP).amount(),
                        key(Flow.DESKTOP).createdAt());

        var user = plain(form(channel, order(Flow.DESKTOP))).get("userId");

        assertThat(user).matches("[0-9a-f]{32}").doesNotContain(NUMBER);
        assertThat(plain(form(channel, order(other))).get("userId")).isNotEqualTo(user);
    }

    @Test
    void who_must_pay_is_said_when_it_is_known() {
        var order = order(Flow.DESKTOP);
        var named =
                new ChannelOrder(
                        order.key(),
                        "8299",
                        order.merchantName(),
                        "\n🍯",
                        order.expiresAt(),
                        new Payer(
                                "not an address",
                                null,
                                null,
                                new Payer.Identity("张三", "11010519491231002X")),
                        order.pageUrl());

        assertThat(plain(form(channel, named)))
                .containsEntry("specName", "张三")
                .containsEntry("specId", "11010519491231002X")
                .containsEntry("orderType", "1")
                .containsEntry("tradeName", NUMBER)
                .doesNotContainKey("ip");
    }

    @Test
    void cross_border_fields_are_there_only_when_switched_on() {
        var form = form(jd.channel(jd.settings(Set.of(), "NZD")), order(Flow.DESKTOP));

        assertThat(plain(form))
                .containsEntry("settleCurrency", "NZD")
                .containsEntry("currency", "CNY");
    }

    @Test
    void an_order_that_has_run_out_is_not_begun() {
        var order = order(Flow.DESKTOP);
        var late =
                new ChannelOrder(
                        order.key(),
                        "5499",
                        "x",
                        "x",
                        Instant.parse("2026-11-24T04:20:00Z"),
                        Payer.UNKNOWN,
                        "x");

        assertThat(channel.offer(late)).isEqualTo(new OfferAnswer.Refused("EXPIRED"));
    }

    @Test
    void a_qr_order_is_placed_by_us() throws Exception {
        jd.answers(qr(NUMBER, "55740", QR));

        assertThat(channel.offer(order(Flow.QR)))
                .isEqualTo(
                        new OfferAnswer.Ready(
                                new Offer.ShowQr(QR), Instant.parse("2026-11-24T04:30:15.987Z")));

        var request = jd.server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/jdpay/service/uniorder");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/xml");
        assertThat(PretendJdpay.opened(request))
                .contains("<tradeNum>" + NUMBER + "</tradeNum>")
                .contains("<amount>55740</amount><currency>CNY</currency>")
                .contains("<tradeType>QR</tradeType>")
                .doesNotContain("callbackUrl", "userId");
    }

    @Test
    void a_failure_nobody_signed_proves_nothing() {
        jd.fails("SIM101");

        assertThat(channel.offer(order(Flow.QR))).isEqualTo(new OfferAnswer.Unknown("SIM101"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tradeNum>OTHER</tradeNum><amount>55740</amount><qrCode>https://x.example/c</qrCode>",
                "<tradeNum>FP01JD000000000000000001</tradeNum><amount>55741</amount><qrCode>https://x.example/c</qrCode>",
                "<tradeNum>FP01JD000000000000000001</tradeNum><amount>55740</amount>",
                "<tradeNum>FP01JD000000000000000001</tradeNum><amount>55740</amount><qrCode>javascript:alert(1)</qrCode>",
                "<tradeNum>FP01JD000000000000000001</tradeNum><amount>55740</amount><qrCode>https://x.example/a"
                        + " b</qrCode>"
            })
    void an_answer_about_something_else_is_not_shown(String content) {
        jd.answers(content);

        assertThat(channel.offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);
    }

    @Test
    void whatever_happens_on_the_way_is_an_answer() {
        jd.server.enqueue(new MockResponse.Builder().code(502).body("<html>502</html>").build());
        jd.server.enqueue(PretendJdpay.response("<html>maintenance</html>"));
        jd.server.enqueue(PretendJdpay.response(PretendJdpay.sealed("garbage")));
        jd.server.enqueue(PretendJdpay.response("x".repeat(1 << 21)));
        jd.server.enqueue(
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
        jd.server.enqueue(
                PretendJdpay.response(PretendJdpay.sealed("x".repeat(5_000)))
                        .newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
        jd.server.enqueue(
                PretendJdpay.response(PretendJdpay.sealed("x"))
                        .newBuilder()
                        .headersDelay(2, TimeUnit.SECONDS)
                        .build());

        for (int i = 0; i < 7; i++) {
            assertThat(channel.offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);
        }
    }

    @Test
    void jd_being_away_is_an_answer_too() {
        jd.close();

        assertThat(channel.offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);
        assertThat(channel.offer(order(Flow.DESKTOP))).isInstanceOf(OfferAnswer.Ready.class);
    }

    private static String qr(String number, String amount, String code) {
        return "<orderId>1</orderId><merchantName>m</merchantName><amount>"
                + amount
                + "</amount><tradeNum>"
                + number
                + "</tradeNum><expireTime>900</expireTime><qrCode>"
                + code
                + "</qrCode>";
    }

    private static Offer.SubmitForm form(JdpayChannel channel, ChannelOrder order) {
        var ready = (OfferAnswer.Ready) channel.offer(order);
        return (Offer.SubmitForm) ready.offer();
    }

    private static String sign(Offer.SubmitForm form) {
        return form.fields().getOrDefault("sign", "");
    }

    private static Map<String, String> plain(Offer.SubmitForm form) {
        var plain = new TreeMap<String, String>();
        form.fields()
                .forEach((name, value) -> {
                    if (!name.equals("sign")) {
                        plain.put(
                                name,
                                name.equals("version") || name.equals("merchant")
                                        ? value
                                        : PretendJdpay.decrypt(value));
                    }
                });
        return plain;
    }

    private static OrderKey with(OrderKey key, Money amount) {
        return new OrderKey(
                key.accountId(),
                key.orderNumber(),
                key.subMerchantId(),
                key.flow(),
                amount,
                key.createdAt());
    }
}
