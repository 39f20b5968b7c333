package io.ferrypay.paymentchannel.channel.payease;

import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.OID;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.ORDER;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.order;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.orderXml;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.refusal;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.sign;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryTest {

    private static final Instant NOW = Instant.parse("2026-11-24T16:40:00Z");

    @TempDir static Path files;
    private static PretendPayease payease;
    private PayeaseChannel channel;

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
    }

    @AfterAll
    static void close() {
        payease.close();
    }

    @BeforeEach
    void start() {
        payease.answers.clear();
        payease.asked.clear();
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        channel =
                new PayeaseChannel(
                        new PayeaseAccounts(List.of(payease.open(payease.account()))),
                        new Refunds(clock),
                        new VirtualStatement(new NoOrders(), clock),
                        clock);
    }

    @Test
    void a_paid_order_is_reported_with_its_yuan() throws Exception {
        payease.answers.add(order(OID, "1", "557.40"));

        var report = channel.query(ORDER);

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                OID, new ChannelOutcome.Charged(55_740, "CNY"), null, null, NOW));
        assertThat(report.source()).isEqualTo(ChannelReport.Source.QUERY);
        assertThat(report.orderNumber()).isEqualTo(ORDER.orderNumber());
        assertThat(report.subMerchantId()).isEqualTo("HARBOURHONEY");
        assertThat(report.evidence()).contains("工商银行").contains("557.40");
        var asked = payease.asked.take();
        assertThat(asked.getTarget()).isEqualTo("/merchant/order/order_ack_oid_list.jsp");
        assertThat(asked.getBody().utf8())
                .isEqualTo(
                        "v_mid=888&v_oid="
                                + OID
                                + "&v_mac="
                                + PretendPayease.mac(
                                        ("888" + OID).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void an_unpaid_or_failed_order_may_still_be_paid() {
        payease.answers.add(order(OID, "2", "557.40"));
        payease.answers.add(order(OID, "3", "557.40"));

        assertThat(channel.query(ORDER).outcome()).isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(channel.query(ORDER).outcome()).isEqualTo(new ChannelOutcome.Pending(false));
    }

    @Test
    void an_order_payease_does_not_know_is_one_whose_payer_is_on_the_way() {
        payease.answers.add(refusal("(E01)Invalid order number"));

        assertThat(channel.query(ORDER).outcome()).isEqualTo(new ChannelOutcome.Pending(false));
    }

    static Stream<MockResponse> useless() {
        var other = OID.replace("AB", "AC");
        return Stream.of(
                refusal("(E03)Fingerprint invalid"),
                refusal("(E08)Invalid request"),
                refusal("System error"),
                refusal("一些没有见过的话"),
                order(OID, "1", "557.40", sign(OID, "1", "557.41", "0")),
                order(OID, "1", "557.40", ""),
                order(OID, "1", "557.40", "5a".repeat(128)),
                order(OID, "7", "557.40"),
                order(OID, "1", "557.4"),
                order(OID, "1", "999999999999999.00"),
                order(other, "1", "557.40"),
                order(OID.replace("888", "444"), "1", "557.40"),
                xml(
                        orderXml(OID, "1", "557.40", sign(OID, "1", "557.40", "0"))
                                .replace("<mid>888</mid>", "<mid>444</mid>"),
                        PretendPayease.GBK),
                xml(
                        orderXml(OID, "1", "557.40", sign(OID, "1", "557.40", "0"))
                                .replace("<amount>", "<amount>1.00</amount><amount>"),
                        PretendPayease.GBK),
                xml(
                        "<!DOCTYPE o [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<ordermessage>&x;</ordermessage>",
                        StandardCharsets.UTF_8),
                xml("<a>".repeat(5_000) + "</a>".repeat(5_000), StandardCharsets.UTF_8),
                xml("<ordermessage/>" + " ".repeat(1 << 21), StandardCharsets.UTF_8),
                xml("", StandardCharsets.UTF_8),
                new MockResponse.Builder()
                        .code(200)
                        .body("<html><body>maintenance<br></body></html>")
                        .build(),
                new MockResponse.Builder().code(302).addHeader("Location", "/x").build(),
                new MockResponse.Builder().code(500).build(),
                new MockResponse.Builder()
                        .body(orderXml(OID, "1", "557.40", sign(OID, "1", "557.40", "0")))
                        .bodyDelay(3, TimeUnit.SECONDS)
                        .build(),
                new MockResponse.Builder()
                        .body(orderXml(OID, "1", "557.40", sign(OID, "1", "557.40", "0")))
                        .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                        .build(),
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    }

    @ParameterizedTest
    @MethodSource("useless")
    void whatever_cannot_be_believed_is_unknown(MockResponse answer) {
        payease.answers.add(answer);

        var report = channel.query(ORDER);

        assertThat(report.outcome()).isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(report.orderNumber()).isEqualTo(ORDER.orderNumber());
    }

    @Test
    void while_payease_is_away_nothing_is_known() throws Exception {
        var away = new PretendPayease(files);
        var account = away.open(away.account());
        away.close();

        assertThat(account.client().query(OID, null)).isInstanceOf(PayeaseAnswer.NotSent.class);
    }
}
