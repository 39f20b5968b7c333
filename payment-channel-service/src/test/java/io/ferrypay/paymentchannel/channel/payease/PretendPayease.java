package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/**
 * Payease's side of the wire. Its marks are made here by other means than in the adapter: the sign
 * with a bare RSA cipher.
 */
final class PretendPayease implements AutoCloseable {

    static final String MID = "888";
    static final String KEY = "Zk3v9QpL7xW2mT5c";
    static final KeyPair KEYS = keys(1024);
    static final Charset GBK = Charset.forName("GBK");

    /** 16:30 in Greenwich is half past midnight of the next day in Beijing. */
    static final OrderKey ORDER =
            new OrderKey(
                    "payease_test",
                    "FP01JD0000000000000000AB",
                    "HARBOURHONEY",
                    Flow.BANK,
                    new Money(55_740, Currency.of("CNY")),
                    Instant.parse("2026-11-24T16:30:15.987Z"));

    static final String OID = "20261125-888-FP01JD0000000000000000AB";

    final MockWebServer server = new MockWebServer();
    final Deque<MockResponse> answers = new ConcurrentLinkedDeque<>();
    final BlockingQueue<RecordedRequest> asked = new LinkedBlockingQueue<>();
    private final Path files;

    PretendPayease(Path files) throws IOException {
        this.files = files;
        Files.writeString(files.resolve("key.txt"), KEY + "\n");
        Files.writeString(files.resolve("Public1024.key"), publicKeyFile(KEYS));
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        asked.add(request);
                        var answer = answers.poll();
                        return answer == null
                                ? new MockResponse.Builder().code(503).build()
                                : answer;
                    }
                });
        server.start();
    }

    PayeaseProperties.Account account() {
        return account(PayeaseProperties.Page.UTF8, true, true);
    }

    PayeaseProperties.Account account(
            PayeaseProperties.Page page, boolean macRequired, boolean creditUnconfirmed) {
        return new PayeaseProperties.Account(
                ORDER.accountId(),
                Mode.TEST,
                MID,
                files.resolve("key.txt"),
                files.resolve("Public1024.key"),
                URI.create("http://127.0.0.1:" + server.getPort()),
                null,
                URI.create("https://pay.example/"),
                page,
                true,
                macRequired,
                creditUnconfirmed,
                true,
                "ferrypay",
                Duration.ofDays(180));
    }

    PayeaseAccount open(PayeaseProperties.Account account) {
        return PayeaseAccount.open(
                new PayeaseProperties(
                        List.of(account),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(1),
                        8),
                account,
                new ChannelHealth());
    }

    static KeyPair keys(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String publicKeyFile(KeyPair keys) {
        var key = (RSAPublicKey) keys.getPublic();
        return "m=%s;e=%s;"
                .formatted(key.getModulus().toString(16), key.getPublicExponent().toString(16));
    }

    static String sign(String... values) {
        try {
            var md5 =
                    MessageDigest.getInstance("MD5")
                            .digest(String.join("", values).getBytes(StandardCharsets.UTF_8));
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, KEYS.getPrivate());
            return HexFormat.of()
                    .formatHex(
                            cipher.doFinal(
                                    HexFormat.of()
                                            .formatHex(md5)
                                            .getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String mac(byte[] text) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static MockResponse xml(String body, Charset charset) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/xml")
                .body(new Buffer().writeString(body, charset))
                .build();
    }

    /** What a query answers about one order, in GBK as the real one does. */
    static MockResponse order(String oid, String status, String amount) {
        return order(oid, status, amount, sign(oid, status, amount, "0"));
    }

    static MockResponse order(String oid, String status, String amount, String sign) {
        return xml(orderXml(oid, status, amount, sign), GBK);
    }

    static String orderXml(String oid, String status, String amount, String sign) {
        return """
        <?xml version="1.0" encoding="GBK"?>
        <ordermessage><messagehead><status>0</status><statusdesc>Success</statusdesc><mid>888</mid><oid>%s</oid></messagehead>
        <messagebody><order><orderindex>1</orderindex><oid>%s</oid><pmode>工商银行</pmode><pstatus>%s</pstatus>
        <pstring>支付完成</pstring><amount>%s</amount><moneytype>0</moneytype><isvirement>0</isvirement><sign>%s</sign></order></messagebody></ordermessage>
        """
                .formatted(oid, oid, status, amount, sign);
    }

    static MockResponse refusal(String words) {
        return xml(
                """
                <?xml version="1.0" encoding="GBK"?>
                <ordermessage><messagehead><status>1</status><statusdesc>%s</statusdesc><mid>888</mid><oid>%s</oid></messagehead></ordermessage>
                """
                        .formatted(words, OID),
                GBK);
    }

    static MockResponse refundAccepted(String refundId, String amount) {
        return refundAccepted(refundId, amount, sign(OID, refundId, amount));
    }

    static MockResponse refundAccepted(String refundId, String amount, String sign) {
        return xml(
                """
                <?xml version="1.0" encoding="GBK"?>
                <refundmessage><status>0</status><statusdesc>Success</statusdesc><mid>888</mid><oid>%s</oid><refamount>%s</refamount><refoprt>ferrypay</refoprt><refid>%s</refid><sign>%s</sign></refundmessage>
                """
                        .formatted(OID, amount, refundId, sign),
                GBK);
    }

    static MockResponse refunds(String... rows) {
        return xml(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <refundmessage><messagehead><status>0</status><statusdesc>Success</statusdesc><mid>888</mid><oid>%s</oid><version>1.0</version><amount>557.40</amount><moneytype>0</moneytype></messagehead><messagebody>%s</messagebody></refundmessage>
                """
                        .formatted(OID, String.join("", rows)),
                StandardCharsets.UTF_8);
    }

    static String refund(
            String refundId, String amount, String status, String date, String reason) {
        return "<refund><refundindex>1</refundindex><oid>%s</oid><refid>%s</refid><refamount>%s</refamount><refmoneytype>0</refmoneytype><refdate>%s</refdate><refstatus>%s</refstatus><reftype>1</reftype><offline_ref_status></offline_ref_status><refreason>%s</refreason><sign>%s</sign></refund>"
                .formatted(
                        OID,
                        refundId,
                        amount,
                        date,
                        status,
                        reason,
                        sign(OID, refundId, status, amount, "0"));
    }

    @Override
    public void close() {
        server.close();
    }

    /** A notification about some orders; every part can be changed before it is written. */
    static final class Notice {

        String oids = OID;
        String banks = "工商银行";
        String statuses = "1";
        String words = "支付完成";
        String amounts = "557.40";
        String moneyTypes = "0";
        String count = "1";
        Mac.Encoding encoding = Mac.Encoding.UTF8;
        final Map<String, String> replaced = new LinkedHashMap<>();

        static Notice of(String statuses, String amounts, String... oids) {
            var notice = new Notice();
            notice.oids = String.join("|_|", oids);
            notice.banks = repeat(notice.banks, oids.length);
            notice.words = repeat(notice.words, oids.length);
            notice.moneyTypes = repeat("0", oids.length);
            notice.count = String.valueOf(oids.length);
            notice.statuses = statuses;
            notice.amounts = amounts;
            return notice;
        }

        Notice with(String field, String value) {
            replaced.put(field, value);
            return this;
        }

        byte[] body() {
            return body(StandardCharsets.UTF_8);
        }

        byte[] body(Charset page) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("v_oid", oids);
            fields.put("v_pmode", banks);
            fields.put("v_pstatus", statuses);
            fields.put("v_pstring", words);
            fields.put("v_amount", amounts);
            fields.put("v_moneytype", moneyTypes);
            fields.put("v_count", count);
            fields.put("v_mac", mac(macText()));
            fields.put(
                    "v_md5money", mac((amounts + moneyTypes).getBytes(StandardCharsets.US_ASCII)));
            fields.put("v_sign", sign(oids, statuses, amounts, moneyTypes, count));
            fields.putAll(replaced);
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), page))
                    .collect(Collectors.joining("&"))
                    .getBytes(StandardCharsets.US_ASCII);
        }

        private byte[] macText() {
            return switch (encoding) {
                case UTF8 ->
                        (oids + banks + statuses + words + count).getBytes(StandardCharsets.UTF_8);
                case GBK -> (oids + banks + statuses + words + count).getBytes(GBK);
                case URL_ENCODED ->
                        (oids
                                        + URLEncoder.encode(banks, StandardCharsets.UTF_8)
                                        + statuses
                                        + URLEncoder.encode(words, StandardCharsets.UTF_8)
                                        + count)
                                .getBytes(StandardCharsets.US_ASCII);
            };
        }

        private static String repeat(String value, int times) {
            return String.join("|_|", java.util.Collections.nCopies(times, value));
        }
    }
}
