package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * JD's side of the wire, with cryptography of its own: what both sides get wrong in the same way
 * would go unnoticed.
 */
final class PretendJdpay implements AutoCloseable {

    static final String MERCHANT = "110148035005";
    static final String MD5_KEY = "test";
    static final Instant NOW = Instant.parse("2026-11-24T04:20:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** Of JD's public demo merchant. */
    static final byte[] DES_KEY = Base64.getDecoder().decode("ta4E/aspLA3lgFGKmNDNRYU92RkZ4w2t");

    static final KeyPair MERCHANT_KEYS = newKeyPair();
    static final KeyPair JD_KEYS = newKeyPair();
    static final String NUMBER = "FP01JD000000000000000001";
    static final String SHOP = "HARBOURHONEY";

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String RESULT = "<result><code>000000</code><desc>success</desc></result>";

    final MockWebServer server = new MockWebServer();
    private final Path files;

    PretendJdpay(Path files) throws IOException {
        this.files = files;
        server.start();
        write("des-key.txt", Base64.getEncoder().encodeToString(DES_KEY));
        write("md5-key.txt", MD5_KEY + "\n");
        write(
                "merchant-key.pem",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(MERCHANT_KEYS.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        write(
                "jd-public-key.txt",
                Base64.getEncoder().encodeToString(JD_KEYS.getPublic().getEncoded()));
    }

    JdpayProperties.Account settings() {
        return settings(Set.of(), null);
    }

    JdpayProperties.Account settings(Set<String> notFound, String settleCurrency) {
        return new JdpayProperties.Account(
                "jdpay-test",
                Mode.TEST,
                MERCHANT,
                files.resolve("des-key.txt"),
                files.resolve("merchant-key.pem"),
                files.resolve("jd-public-key.txt"),
                files.resolve("md5-key.txt"),
                URI.create("http://localhost:" + server.getPort() + "/jdpay"),
                URI.create("https://pay.example/"),
                notFound,
                Duration.ofDays(365),
                100,
                "bankreturn",
                1,
                Set.of("0010"),
                settleCurrency,
                null);
    }

    JdpayAccount open() {
        return open(settings());
    }

    JdpayAccount open(JdpayProperties.Account settings) {
        return JdpayAccount.open(
                new JdpayProperties(
                        List.of(settings),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(5),
                        8),
                settings,
                new ChannelHealth());
    }

    JdpayChannel channel() {
        return channel(settings());
    }

    JdpayChannel channel(JdpayProperties.Account settings) {
        return new JdpayChannel(new JdpayAccounts(List.of(open(settings))), CLOCK);
    }

    static OrderKey key(Flow flow) {
        return new OrderKey(
                "jdpay-test",
                NUMBER,
                SHOP,
                flow,
                new Money(55_740, Currency.of("CNY")),
                Instant.parse("2026-11-24T04:15:15.987Z"));
    }

    static ChannelOrder order(Flow flow) {
        return order(key(flow));
    }

    static ChannelOrder order(OrderKey key) {
        return new ChannelOrder(
                key,
                "5499",
                "Harbour Honey Co",
                "Mānuka <honey> 🍯 & \"more\"",
                Instant.parse("2026-11-24T04:30:15.987Z"),
                new Payer("203.0.113.9", null, null, null),
                "https://pay.example/pay/nonce");
    }

    /** The next answer, sealed and signed as JD does it: no blank in the head, the sign last. */
    void answers(String content) {
        server.enqueue(response(sealed(signedLast(HEAD, content))));
    }

    void fails(String code) {
        server.enqueue(response(failure(code)));
    }

    static MockResponse response(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/xml")
                .body(body)
                .build();
    }

    static String failure(String code) {
        return HEAD
                + "<jdpay><version>V2.0</version><merchant>"
                + MERCHANT
                + "</merchant><result><code>"
                + code
                + "</code><desc>no</desc></result></jdpay>";
    }

    static String inner(String head, String beforeSign, String sign, String afterSign) {
        return head
                + "<jdpay><version>V2.0</version><merchant>"
                + MERCHANT
                + "</merchant>"
                + RESULT
                + beforeSign
                + sign
                + afterSign
                + "</jdpay>";
    }

    static String signedLast(String head, String content) {
        return inner(head, content, "<sign>" + sign(inner(head, content, "", "")) + "</sign>", "");
    }

    /** As genuine notifications are: a blank in the head, the sign after the trade type. */
    static String notification(String beforeSign, String afterSign) {
        var head = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>";
        return sealed(
                inner(
                        head,
                        beforeSign,
                        "<sign>" + sign(inner(head, beforeSign, "", afterSign)) + "</sign>",
                        afterSign));
    }

    static String paidNotification() {
        return paidNotification(NUMBER, SHOP, "55740");
    }

    static String paidNotification(String number, String shop, String amount) {
        return notification(
                "<tradeNum>" + number + "</tradeNum><tradeType>0</tradeType>",
                "<note>"
                        + shop
                        + "</note><amount>"
                        + amount
                        + "</amount><status>2</status>"
                        + payList(amount));
    }

    static String payList(String amount) {
        return "<payList><pay><payType>0</payType><amount>"
                + amount
                + "</amount><currency>CNY</currency><tradeTime>20261124121702</tradeTime>"
                + "<detail><cardHolderName>张三</cardHolderName><cardNo>622848****1234</cardNo>"
                + "</detail></pay></payList>";
    }

    static String trade(String type, String number, String status) {
        return "<tradeNum>"
                + number
                + "</tradeNum><tradeType>"
                + type
                + "</tradeType><note>"
                + SHOP
                + "</note><amount>55740</amount><currency>CNY</currency>"
                + "<tradeTime>20261124121515</tradeTime><status>"
                + status
                + "</status>"
                + (status.equals("2") ? payList("55740") : "");
    }

    static String sealed(String text) {
        return HEAD
                + "<jdpay>\n <version>V2.0</version>\n <merchant>"
                + MERCHANT
                + "</merchant>\n "
                + RESULT
                + "\n <encrypt>"
                + Base64.getEncoder()
                        .encodeToString(encrypt(text).getBytes(StandardCharsets.US_ASCII))
                + "</encrypt>\n</jdpay>\n";
    }

    /** The browser's form at the end, sealed and signed. */
    static Map<String, String> sealedForm(Map<String, String> plain) {
        var form = new TreeMap<String, String>();
        plain.forEach((name, value) -> form.put(name, value.isEmpty() ? "" : encrypt(value)));
        form.put("sign", sign(formText(plain)));
        return form;
    }

    static String formText(Map<String, String> plain) {
        return new TreeMap<>(plain)
                .entrySet().stream()
                        .filter(field -> !field.getValue().isBlank())
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("&"));
    }

    /** What we asked, opened and its signature checked. */
    String asked() throws InterruptedException {
        return opened(server.takeRequest());
    }

    static String opened(RecordedRequest request) {
        var body = request.getBody() == null ? "" : request.getBody().utf8();
        var base64 = body.replaceAll(".*<encrypt>|</encrypt>.*", "");
        var text =
                decrypt(new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII));
        var sign = text.replaceAll(".*<sign>|</sign>.*", "");
        if (!isMerchants(text.replaceAll("<sign>.*</sign>", ""), sign)) {
            throw new AssertionError("not signed by the merchant: " + text);
        }
        return text.replaceAll("<sign>.*</sign>", "");
    }

    static String encrypt(String text) {
        try {
            var block = new ByteArrayOutputStream();
            var data = new DataOutputStream(block);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            data.writeInt(bytes.length);
            data.write(bytes);
            while (block.size() % 8 != 0) {
                data.write(0);
            }
            return HexFormat.of().formatHex(des(Cipher.ENCRYPT_MODE, block.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String decrypt(String hex) {
        var block = ByteBuffer.wrap(des(Cipher.DECRYPT_MODE, HexFormat.of().parseHex(hex)));
        var bytes = new byte[block.getInt()];
        block.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("InsecureCryptoUsage")
    private static byte[] des(int mode, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("DESede/ECB/NoPadding");
            cipher.init(mode, new SecretKeySpec(DES_KEY, "DESede"));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(String text) {
        return Base64.getEncoder()
                .encodeToString(rsa(Cipher.ENCRYPT_MODE, JD_KEYS.getPrivate(), digest(text)));
    }

    static boolean isMerchants(String text, String sign) {
        var signed =
                rsa(
                        Cipher.DECRYPT_MODE,
                        MERCHANT_KEYS.getPublic(),
                        Base64.getDecoder().decode(sign));
        return MessageDigest.isEqual(signed, digest(text));
    }

    static byte[] rsa(int mode, Key key, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(mode, key);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(files.resolve(name), text);
    }

    @Override
    public void close() {
        server.close();
    }
}
