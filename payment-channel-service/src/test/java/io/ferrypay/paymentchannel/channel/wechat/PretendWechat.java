package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * WeChat's side of the wire: checks our signatures, signs its answers, encrypts its notifications.
 */
final class PretendWechat implements AutoCloseable {

    static final String SP_MCHID = "1900000100";
    static final String SP_APPID = "wx8888888888888888";
    static final String SUB_MCHID = "1900000109";
    static final String API_V3_KEY = "0123456789abcdefghijABCDEFGHIJ01";
    static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
    static final String V2_KEY = "192006250b4c09247ec02edce69f6a2d";
    static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001002026010100000000000001";
    static final KeyPair MERCHANT_KEYS = TestCertificate.newKeyPair();
    static final KeyPair PUBLIC_KEY_MODE_KEYS = TestCertificate.newKeyPair();
    static final TestCertificate PLATFORM =
            TestCertificate.create(
                    "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
                    Instant.parse("2020-01-01T00:00:00Z"),
                    Instant.parse("2099-01-01T00:00:00Z"));
    static final WechatProperties.Charges CHARGES =
            new WechatProperties.Charges(
                    Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofMinutes(2));
    private static final String MERCHANT_SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";
    private static final Pattern AUTHORIZATION_ITEM = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    final MockWebServer server = new MockWebServer();
    final Deque<MockResponse> answers = new ConcurrentLinkedDeque<>();
    final Deque<MockResponse> certificateAnswers = new ConcurrentLinkedDeque<>();
    final BlockingQueue<RecordedRequest> asked = new LinkedBlockingQueue<>();
    final AtomicInteger certificateDownloads = new AtomicInteger();
    volatile List<TestCertificate> offered = List.of(PLATFORM);
    private final Path files;

    PretendWechat(Path files) throws IOException {
        this.files = files;
        Files.writeString(
                files.resolve("merchant-key.pem"),
                TestCertificate.pem("PRIVATE KEY", MERCHANT_KEYS.getPrivate().getEncoded()));
        Files.writeString(files.resolve("api-v3-key.txt"), API_V3_KEY + "\n");
        Files.writeString(files.resolve("app-secret.txt"), APP_SECRET + "\n");
        Files.writeString(files.resolve("v2-key.txt"), V2_KEY + "\n");
        Files.writeString(
                files.resolve("public-key.pem"),
                TestCertificate.pem("PUBLIC KEY", PUBLIC_KEY_MODE_KEYS.getPublic().getEncoded()));
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        server.start();
    }

    WechatProperties properties() {
        return properties(account(null, true));
    }

    WechatProperties properties(WechatProperties.Account account) {
        return new WechatProperties(
                List.of(account),
                Duration.ofMillis(500),
                Duration.ofMillis(400),
                4,
                Duration.ofMinutes(1),
                CHARGES);
    }

    WechatProperties.Account account(String publicKeyId, boolean certificates) {
        return new WechatProperties.Account(
                "wechat_test",
                Mode.TEST,
                SP_MCHID,
                SP_APPID,
                MERCHANT_SERIAL,
                files.resolve("merchant-key.pem"),
                files.resolve("api-v3-key.txt"),
                URI.create(server.url("/").toString()),
                URI.create("https://pay.example.com/"),
                publicKeyId,
                publicKeyId == null ? null : files.resolve("public-key.pem"),
                certificates,
                files.resolve("app-secret.txt"),
                URI.create("https://open.weixin.qq.com/connect/oauth2/authorize"),
                URI.create(server.url("/").toString()),
                true,
                "1 Quay Street, Auckland",
                files.resolve("v2-key.txt"),
                V2Signature.Kind.MD5);
    }

    WechatAccount open() {
        return open(account(null, true));
    }

    WechatAccount open(WechatProperties.Account account) {
        return WechatAccount.open(
                properties(account), account, new ChannelHealth(), Clock.systemUTC());
    }

    /** For calls that are the first over their connection, on a machine that has other work. */
    WechatAccount openPatiently() {
        var account = account(null, true);
        return WechatAccount.open(
                new WechatProperties(
                        List.of(account),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        4,
                        Duration.ofMinutes(1),
                        CHARGES),
                account,
                new ChannelHealth(),
                Clock.systemUTC());
    }

    WechatAccount open(Clock clock) {
        var account = account(null, true);
        return WechatAccount.open(properties(account), account, new ChannelHealth(), clock);
    }

    private MockResponse answer(RecordedRequest request) {
        if (request.getTarget().startsWith("/sns/") || request.getTarget().startsWith("/pay/")) {
            asked.add(request); // Older and other interfaces: no signature of this kind.
            var scripted = answers.poll();
            return scripted != null ? scripted : html(502);
        }
        if (!isSignedByMerchant(request)) {
            return error(401, "SIGN_ERROR");
        }
        if (request.getTarget().equals("/v3/global/certificates")) {
            certificateDownloads.incrementAndGet();
            var scripted = certificateAnswers.poll();
            return scripted != null ? scripted : signed(200, certificatesBody());
        }
        asked.add(request);
        var scripted = answers.poll();
        return scripted != null ? scripted : error(500, "SYSTEM_ERROR");
    }

    String certificatesBody() {
        var entries = new StringBuilder();
        for (var certificate : offered) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append(
                            """
                            {"serial_no":"%s","effective_time":"2020-01-01T00:00:00+08:00","expire_time":"2099-01-01T00:00:00+08:00",
                             "encrypt_certificate":%s}\
                            """
                                    .formatted(
                                            certificate.serial(),
                                            encrypted(
                                                    certificate.pem(), "certificate", API_V3_KEY)));
        }
        return "{\"data\":[" + entries + "]}";
    }

    static String encrypted(String plaintext, String associatedData, String key) {
        var nonce = "61f9c719728a";
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "AES"),
                    new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
            var ciphertext = cipher.doFinal(plaintext.getBytes(StandardCharsets.UTF_8));
            return """
            {"original_type":"%s","algorithm":"AEAD_AES_256_GCM","ciphertext":"%s","associated_data":"%s","nonce":"%s"}\
            """
                    .formatted(
                            associatedData,
                            Base64.getEncoder().encodeToString(ciphertext),
                            associatedData,
                            nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(PrivateKey key, long timestamp, String nonce, byte[] body) {
        try {
            var signing = Signature.getInstance("SHA256withRSA");
            signing.initSign(key);
            signing.update((timestamp + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
            signing.update(body);
            signing.update((byte) '\n');
            return Base64.getEncoder().encodeToString(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static MockResponse signed(int status, String body) {
        return signed(status, body, PLATFORM.serial(), PLATFORM.privateKey(), Instant.now());
    }

    static MockResponse signed(
            int status, String body, String serial, PrivateKey key, Instant signedAt) {
        var timestamp = signedAt.getEpochSecond();
        var response =
                new MockResponse.Builder()
                        .code(status)
                        .setHeader("Request-ID", "08F5-268501838")
                        .setHeader("Wechatpay-Timestamp", timestamp)
                        .setHeader("Wechatpay-Nonce", "abcdefghij0123456789")
                        .setHeader("Wechatpay-Serial", serial)
                        .setHeader(
                                "Wechatpay-Signature",
                                sign(
                                        key,
                                        timestamp,
                                        "abcdefghij0123456789",
                                        body.getBytes(StandardCharsets.UTF_8)));
        if (!body.isEmpty()) {
            response.setHeader("Content-Type", "application/json; charset=utf-8").body(body);
        }
        return response.build();
    }

    static MockResponse error(int status, String code) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .setHeader("Request-ID", "08F5-268501838")
                .body("{\"code\":\"%s\",\"message\":\"见日志\"}".formatted(code))
                .build();
    }

    static MockResponse html(int status) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/html")
                .body("<html><body><h1>Bad Gateway</h1></body></html>")
                .build();
    }

    private static boolean isSignedByMerchant(RecordedRequest request) {
        var header = request.getHeaders().get("Authorization");
        if (header == null || !header.startsWith("WECHATPAY2-SHA256-RSA2048 ")) {
            return false;
        }
        var items = new HashMap<String, String>();
        var matcher = AUTHORIZATION_ITEM.matcher(header);
        while (matcher.find()) {
            items.put(matcher.group(1), matcher.group(2));
        }
        var body = request.getBody() == null ? "" : request.getBody().utf8();
        var message =
                "%s\n%s\n%s\n%s\n%s\n"
                        .formatted(
                                request.getMethod(),
                                request.getTarget(),
                                items.get("timestamp"),
                                items.get("nonce_str"),
                                body);
        try {
            var verification = Signature.getInstance("SHA256withRSA");
            verification.initVerify(MERCHANT_KEYS.getPublic());
            verification.update(message.getBytes(StandardCharsets.UTF_8));
            return SP_MCHID.equals(items.get("mchid"))
                    && MERCHANT_SERIAL.equals(items.get("serial_no"))
                    && verification.verify(Base64.getDecoder().decode(items.get("signature")));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
