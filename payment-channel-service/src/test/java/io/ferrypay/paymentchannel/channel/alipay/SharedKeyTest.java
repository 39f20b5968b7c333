package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.online;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alipay signs for all partners with one RSA key and does not say in a notification for whom, so a
 * genuine one about another partner's order can bear our order number.
 */
class SharedKeyTest {

    private static final String TRADE = "2026112421001004470000000001";

    @TempDir private Path files;
    private PretendAlipay alipay;
    private AlipaySigner alipaysKey;
    private NotificationReader reader;

    @BeforeEach
    void start() throws Exception {
        alipay = new PretendAlipay(files);
        var account = account(files);
        alipaysKey = AlipaySigner.of(account);
        reader =
                new NotificationReader(
                        account,
                        alipaysKey,
                        alipay.open().client(),
                        PretendAlipay.clock(PretendAlipay.NOW));
    }

    @AfterEach
    void stop() {
        alipay.close();
    }

    private static AlipayProperties.Account account(Path files) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        var privateKey = files.resolve("private.pem");
        var publicKey = files.resolve("public.pem");
        Files.writeString(privateKey, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Files.writeString(publicKey, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        return new AlipayProperties.Account(
                "alipay-test",
                Mode.TEST,
                PretendAlipay.PARTNER,
                SignType.RSA2,
                "UTF-8",
                null,
                privateKey,
                publicKey,
                URI.create("https://alipay.example/"),
                null,
                URI.create("https://pay.example.com/"),
                Set.of(Flow.DESKTOP),
                false);
    }

    private static String pem(String what, byte[] key) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        what,
                        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key),
                        what);
    }

    private Reading told(String status) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("notify_type", "trade_status_sync");
        fields.put("notify_id", "n1");
        fields.put("notify_time", "2026-11-24 12:19:02");
        fields.put("out_trade_no", PretendAlipay.ORDER);
        fields.put("trade_no", TRADE);
        fields.put("trade_status", status);
        fields.put("total_fee", "120.00");
        fields.put("currency", "NZD");
        fields.put("sign", alipaysKey.sign(fields));
        fields.put("sign_type", "RSA2");
        return reader.read("HARBOURHONEY", Map.copyOf(fields));
    }

    private static ChannelOutcome outcome(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.OfPayment.class);
        return ((Reading.OfPayment) reading).report().outcome();
    }

    @Test
    void what_was_paid_to_us_is_confirmed_by_asking_and_counts() {
        alipay.answers.add(trade(online("TRADE_FINISHED")));

        assertThat(outcome(told("TRADE_FINISHED")))
                .isInstanceOfSatisfying(
                        ChannelOutcome.Succeeded.class,
                        paid ->
                                assertThat(paid.charged())
                                        .isEqualTo(new ChannelOutcome.Charged(12_000, "NZD")));
    }

    @Test
    void what_was_paid_to_another_partner_under_our_number_does_not_count() {
        alipay.answers.add(trade(online("WAIT_BUYER_PAY")));
        assertThat(told("TRADE_FINISHED")).isNotInstanceOf(Reading.OfPayment.class);

        alipay.answers.add(refusal("TRADE_NOT_EXIST"));
        assertThat(told("TRADE_FINISHED")).isNotInstanceOf(Reading.OfPayment.class);

        alipay.answers.add(
                trade(PretendAlipay.with(online("TRADE_FINISHED"), "trade_no", "2026112400")));
        assertThat(told("TRADE_FINISHED"))
                .as("paid to us by another trade")
                .isNotInstanceOf(Reading.OfPayment.class);
    }

    @Test
    void without_an_answer_nothing_counts() {
        alipay.answers.add(refusal("SYSTEM_ERROR"));

        assertThat(told("TRADE_FINISHED")).isNotInstanceOf(Reading.OfPayment.class);
    }

    @Test
    void nor_does_another_partner_s_order_close_ours() {
        alipay.answers.add(trade(online("WAIT_BUYER_PAY")));

        assertThat(told("TRADE_CLOSED")).isNotInstanceOf(Reading.OfPayment.class);
    }
}
