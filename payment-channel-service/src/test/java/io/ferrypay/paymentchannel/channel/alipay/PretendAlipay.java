package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Alipay's side of the wire under MD5: checks our signatures and signs scripted answers. */
final class PretendAlipay implements AutoCloseable {

    static final AlipayProperties.Charges CHARGES =
            new AlipayProperties.Charges(Duration.ofMinutes(1), Duration.ofMinutes(3));
    static final LocalTime CODE_REFUNDS_FROM = LocalTime.of(1, 30);

    static final String PARTNER = "2088101122136241";
    static final String KEY = "0123456789abcdefghijklmnopqrstuv";
    static final String ORDER = "FP01JD000000000000000001";
    static final String REFUND = "RF01JD000000000000000001";
    static final Instant NOW = Instant.parse("2026-11-24T04:20:00Z");

    final MockWebServer server = new MockWebServer();
    final Deque<MockResponse> answers = new ConcurrentLinkedDeque<>();
    final BlockingQueue<Map<String, String>> asked = new LinkedBlockingQueue<>();
    private final Path keyFile;

    PretendAlipay(Path files) throws IOException {
        keyFile = Files.writeString(files.resolve("md5-key.txt"), KEY + "\n");
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        server.start();
    }

    private MockResponse answer(RecordedRequest request) {
        try {
            var target = request.getTarget();
            var fields =
                    AlipayForm.decode(
                            target.substring(target.indexOf('?') + 1), StandardCharsets.UTF_8);
            if (request.getBody() != null && request.getBody().size() > 0) {
                fields.putAll(
                        AlipayForm.decode(
                                request.getBody().toByteArray(), Charset.forName(charset(fields))));
            }
            asked.add(fields);
            if (!"notify_verify".equals(fields.get("service"))
                    && !signer(charset(fields)).verify(fields, fields.get("sign"))) {
                return refusal("ILLEGAL_SIGN");
            }
        } catch (AlipayForm.Unreadable e) {
            return refusal("ILLEGAL_ARGUMENT");
        }
        var scripted = answers.poll();
        return scripted == null ? refusal("SYSTEM_ERROR") : scripted;
    }

    private static String charset(Map<String, String> fields) {
        return fields.getOrDefault("_input_charset", "UTF-8");
    }

    static AlipaySigner signer(String charset) {
        return AlipaySigner.withMd5Key(KEY, Charset.forName(charset));
    }

    AlipayProperties.Account account(String charset, boolean verify) {
        return new AlipayProperties.Account(
                "alipay-test",
                Mode.TEST,
                PARTNER,
                SignType.MD5,
                charset,
                keyFile,
                null,
                null,
                URI.create(server.url("/alipay/").toString()),
                null,
                URI.create("https://pay.example.com/"),
                Set.of(Flow.DESKTOP, Flow.MOBILE, Flow.QR, Flow.IN_WALLET, Flow.BANK),
                verify);
    }

    AlipayAccount open() {
        return open("UTF-8", false);
    }

    AlipayAccount open(String charset, boolean verify) {
        var account = account(charset, verify);
        var properties =
                new AlipayProperties(
                        List.of(account),
                        Duration.ofMillis(500),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(2),
                        4,
                        Duration.ofDays(180),
                        CODE_REFUNDS_FROM,
                        CHARGES);
        return AlipayAccount.open(properties, account, new ChannelHealth(), clock(NOW));
    }

    AlipayChannel channel() {
        return channel(NOW);
    }

    AlipayChannel channel(Instant now) {
        return channel(now, CODE_REFUNDS_FROM);
    }

    AlipayChannel channel(Instant now, LocalTime codeRefundsFrom) {
        return new AlipayChannel(
                new AlipayAccounts(List.of(open())),
                Duration.ofDays(180),
                codeRefundsFrom,
                CHARGES,
                clock(now));
    }

    static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    static OrderKey key(Flow flow) {
        return new OrderKey(
                "alipay-test",
                ORDER,
                "HARBOURHONEY",
                flow,
                new Money(12_000, Currency.of("NZD")),
                Instant.parse("2026-11-24T04:15:15.987Z"));
    }

    static ChannelOrder order(Flow flow) {
        return new ChannelOrder(
                key(flow),
                "5499",
                "Harbour Honey & Co=",
                "Mānuka honey 🍯 500 g & 蜂蜜=1",
                Instant.parse("2026-11-24T04:30:15.987Z"),
                Payer.UNKNOWN,
                "https://pay.example/pay/nonce");
    }

    static RefundOrder refund(Flow flow, long cents) {
        return refund(flow, 0, cents);
    }

    static RefundOrder refund(Flow flow, long centsBefore, long cents) {
        return new RefundOrder(
                REFUND,
                key(flow),
                "2026112421001004470000000001",
                flow,
                new Money(12_000, Currency.of("NZD")),
                new Money(centsBefore, Currency.of("NZD")),
                new Money(cents, Currency.of("NZD")),
                "Wrong jar",
                Instant.parse("2026-11-24T04:18:00Z"),
                Instant.parse("2026-11-24T04:19:00Z"));
    }

    static Map<String, String> map(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static Map<String, String> with(Map<String, String> fields, String... pairs) {
        var changed = new LinkedHashMap<>(fields);
        changed.putAll(map(pairs));
        return changed;
    }

    static Map<String, String> online(String status) {
        return map(
                "buyer_email", "tes***@example.com",
                "gmt_create", "2026-11-24 12:16:00",
                "out_trade_no", ORDER,
                "seller_id", PARTNER,
                "subject", "Mānuka honey 蜂蜜",
                "to_buyer_fee", "0.00",
                "total_fee", "557.40",
                "trade_no", "2026112421001004470000000001",
                "trade_status", status);
    }

    static Map<String, String> inStore(String status) {
        return map(
                "result_code", "SUCCESS",
                "alipay_buyer_login_id", "tes***@example.com",
                "alipay_trans_status", status,
                "partner_trans_id", ORDER,
                "alipay_trans_id", "2026112421001004470000000001",
                "alipay_pay_time", "20261124121800",
                "currency", "NZD",
                "trans_amount", "120.00",
                "trans_amount_cny", "557.40",
                "exchange_rate", "4.64500000");
    }

    static MockResponse trade(Map<String, String> fields) {
        return xml(envelope("trade", fields, signer("UTF-8").sign(fields), "UTF-8"), "UTF-8");
    }

    static MockResponse alipay(Map<String, String> fields) {
        return xml(envelope("alipay", fields, signer("UTF-8").sign(fields), "UTF-8"), "UTF-8");
    }

    static String envelope(
            String wrapper, Map<String, String> fields, String sign, String charset) {
        var xml = new StringBuilder();
        xml.append("<?xml version=\"1.0\" encoding=\"%s\"?>\n".formatted(charset));
        xml.append("<alipay><is_success>T</is_success><request>");
        xml.append("<param name=\"service\">s</param></request><response><%s>".formatted(wrapper));
        fields.forEach((name, value) -> xml.append("<%s>%s</%s>".formatted(name, value, name)));
        xml.append("</%s></response>".formatted(wrapper));
        if (!sign.isEmpty()) {
            xml.append("<sign>%s</sign><sign_type>MD5</sign_type>".formatted(sign));
        }
        return xml.append("</alipay>").toString();
    }

    static MockResponse refusal(String code) {
        return xml(
                "<alipay><is_success>F</is_success><error>%s</error></alipay>".formatted(code),
                "UTF-8");
    }

    static MockResponse bare() {
        return xml("<alipay><is_success>T</is_success></alipay>", "UTF-8");
    }

    static MockResponse xml(String body, String charset) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/xml;charset=" + charset)
                .body(new okio.Buffer().write(body.getBytes(Charset.forName(charset))))
                .build();
    }

    static MockResponse text(String body) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/plain")
                .body(body)
                .build();
    }

    /** The last request to that service. */
    Map<String, String> asked(String service) {
        return asked.stream()
                .filter(fields -> service.equals(fields.get("service")))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
