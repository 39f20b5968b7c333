package io.ferrypay.sandbox.alipay;

import io.ferrypay.sandbox.ChannelSandbox;
import io.ferrypay.sandbox.wechat.GenerateWechatKeys;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** A running sandbox, a partner who signs with MD5, and a server for notifications. */
@SpringBootTest(classes = ChannelSandbox.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class AlipayWireTest {

    static final String PARTNER = "2088101122136241";
    private static final Path KEYS = newKeys("alipay-keys");
    private static final Path WECHAT_KEYS = newKeys("wechat-keys");

    @LocalServerPort int port;

    final HttpClient http = HttpClient.newHttpClient();
    MockWebServer shop;
    RestClient control;

    private static Path newKeys(String name) {
        try {
            var folder = Files.createTempDirectory(name);
            if (name.startsWith("wechat")) {
                GenerateWechatKeys.generate(folder);
            } else {
                GenerateAlipayKeys.generate(folder);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("ferry.sandbox.wechat.directory", WECHAT_KEYS::toString);
        properties.add("ferry.sandbox.alipay.directory", KEYS::toString);
        properties.add("ferry.sandbox.alipay.refund-spacing", () -> "0s");
    }

    @BeforeEach
    void start() throws IOException {
        control = RestClient.create("http://127.0.0.1:" + port);
        command("/control/reset", "");
        shop = new MockWebServer();
        shop.start();
    }

    @AfterEach
    void stop() {
        command("/control/reset", "");
        shop.close();
    }

    void thanks(int times) {
        for (int i = 0; i < times; i++) {
            shop.enqueue(new MockResponse.Builder().code(200).body("success").build());
        }
    }

    static String number() {
        return "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 23);
    }

    Map<String, String> inBrowser(String number, String fee) {
        return map(
                "notify_url", shop.url("/notify").toString(),
                "return_url", shop.url("/return").toString(),
                "out_trade_no", number,
                "subject", "Mānuka 蜂蜜",
                "currency", "NZD",
                "total_fee", fee,
                "product_code", "NEW_OVERSEAS_SELLER",
                "secondary_merchant_id", "HARBOURHONEY",
                "secondary_merchant_name", "Harbour Honey Co",
                "secondary_merchant_industry", "5499");
    }

    Map<String, String> code(String number) {
        return map(
                "timestamp", beijing(),
                "notify_url", shop.url("/notify").toString(),
                "out_trade_no", number,
                "subject", "Mānuka 蜂蜜",
                "product_code", "OVERSEAS_MBARCODE_PAY",
                "total_fee", "120.00",
                "trans_currency", "NZD",
                "currency", "NZD",
                "extend_params", "{\"secondary_merchant_name\":\"Harbour Honey Co\"}",
                "it_b_pay", "15m");
    }

    static String beijing() {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .format(OffsetDateTime.now(Clock.system(ZoneOffset.ofHours(8))));
    }

    static Map<String, String> map(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** The address a browser is sent to. */
    String url(String service, Map<String, String> fields) {
        return "http://127.0.0.1:" + port + "/alipay/gateway.do?" + query(service, fields);
    }

    String query(String service, Map<String, String> fields) {
        var all = map("service", service, "partner", PARTNER, "_input_charset", "UTF-8");
        all.putAll(fields);
        all.putIfAbsent("sign", sign(all));
        all.put("sign_type", "MD5");
        return all.entrySet().stream()
                .map(f ->
                        f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static String sign(Map<String, String> fields) {
        var content =
                new TreeMap<>(fields)
                        .entrySet().stream()
                                .filter(f ->
                                        !f.getKey().startsWith("sign") && !f.getValue().isEmpty())
                                .map(f -> f.getKey() + "=" + f.getValue())
                                .collect(Collectors.joining("&"));
        try {
            var key = Files.readString(KEYS.resolve("md5-key.txt")).strip();
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest((content + key).getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String url) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(String path, String form) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer's fields with its signature checked; of a refusal only {@code error}. */
    Map<String, String> call(String service, Map<String, String> fields) {
        var body = get(url(service, fields)).body();
        try {
            var root =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(body)))
                            .getDocumentElement();
            var error = root.getElementsByTagName("is_success").item(0).getTextContent();
            if (error.equals("F")) {
                return Map.of("error", root.getElementsByTagName("error").item(0).getTextContent());
            }
            var answer = new LinkedHashMap<String, String>();
            var response = root.getElementsByTagName("response").item(0);
            if (response == null) {
                return Map.of("is_success", "T");
            }
            var children = response.getFirstChild().getChildNodes();
            for (int i = 0; i < children.getLength(); i++) {
                var child = (Element) children.item(i);
                answer.put(child.getTagName(), child.getTextContent());
            }
            var sign = root.getElementsByTagName("sign").item(0);
            if (sign == null || !sign.getTextContent().equals(sign(answer))) {
                return Map.of("error", "NOT_SIGNED");
            }
            return answer;
        } catch (Exception e) {
            throw new IllegalStateException(body, e);
        }
    }

    static Map<String, String> form(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    JsonNode command(String path, String json) {
        var request = control.post().uri(path);
        if (!json.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).body(json);
        }
        return request.retrieve().body(JsonNode.class);
    }
}
