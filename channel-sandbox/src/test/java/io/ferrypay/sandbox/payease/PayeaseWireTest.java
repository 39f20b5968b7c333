package io.ferrypay.sandbox.payease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.sandbox.ChannelSandbox;
import io.ferrypay.sandbox.wechat.GenerateWechatKeys;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A merchant who checks every mark by arithmetic of its own. */
@SpringBootTest(classes = ChannelSandbox.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class PayeaseWireTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Charset GBK = Charset.forName("GBK");
    private static final Path KEYS = keys();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;
    private MockWebServer shop;

    private static Path keys() {
        try {
            var folder = Files.createTempDirectory("payease-keys");
            GeneratePayeaseKeys.generate(folder);
            GenerateWechatKeys.generate(folder.resolve("wechat"));
            return folder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("ferry.sandbox.payease.directory", KEYS::toString);
        registry.add("ferry.sandbox.wechat.directory", () -> KEYS.resolve("wechat").toString());
    }

    @BeforeEach
    void start() throws Exception {
        command("/control/reset", "");
        shop = new MockWebServer();
        shop.start();
        command(
                "/control/payease/settings",
                "{\"notification_url\":\"http://127.0.0.1:" + shop.getPort() + "/told\"}");
    }

    @AfterEach
    void stop() throws Exception {
        command("/control/reset", "");
        shop.close();
    }

    @Test
    void a_payer_pays_on_the_banks_page_and_comes_back() throws Exception {
        shop.enqueue(sent());
        var fields = fields("557.40", "王小明");

        var arrived = submit("/payease/customer/gb/pay_bank_utf8.jsp", fields);
        assertThat(arrived.statusCode()).as(arrived.body()).isEqualTo(303);
        var bankPage = arrived.headers().firstValue("Location").orElseThrow();
        var page = get(bankPage);

        assertThat(page.body())
                .contains("工商银行")
                .contains("class=\"ICBC\"")
                .contains("¥557.40")
                .contains("王**")
                .contains("单笔 ¥50000")
                .doesNotContain("王小明")
                .doesNotContain("11010519491231002X");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' https://pay.example");
        var back =
                form(
                        bankPage,
                        Map.of("token", value(page.body(), "token"), "action", "pay"),
                        StandardCharsets.UTF_8);

        var url = back.headers().firstValue("Location").orElseThrow();
        assertThat(url).startsWith("https://pay.example/back?");
        var told = parse(URI.create(url).getRawQuery(), StandardCharsets.UTF_8);
        assertThat(told)
                .containsEntry("v_pstatus", "20")
                .containsEntry("v_pmode", "工商银行")
                .containsEntry("v_amount", "557.40");
        assertReturnIsMarked(told, StandardCharsets.UTF_8);
        var notice = shop.takeRequest(10, TimeUnit.SECONDS);
        var said = parse(notice.getBody().utf8(), StandardCharsets.UTF_8);
        assertNoticeIsMarked(said, StandardCharsets.UTF_8);
        assertThat(said).containsEntry("v_pstatus", "1").containsEntry("v_count", "1");
        assertThat(query(fields.get("v_oid")))
                .contains("<pstatus>1</pstatus>")
                .contains("<amount>557.40</amount>");
    }

    @Test
    void the_gbk_page_speaks_gbk_all_along() throws Exception {
        shop.enqueue(sent());
        var fields = fields("1.00", "王小明");

        var arrived = form("/payease/customer/gb/pay_bank.jsp", fields, GBK);
        assertThat(arrived.statusCode()).as(arrived.body()).isEqualTo(303);
        var returned =
                command(
                        "/control/payease/browser/pay",
                        "{\"url\":\""
                                + arrived.headers().firstValue("Location").orElseThrow()
                                + "\"}");

        var url = returned.path("return_url").asString();
        assertReturnIsMarked(parse(URI.create(url).getRawQuery(), GBK), GBK);
        var said = parse(shop.takeRequest(10, TimeUnit.SECONDS).getBody().utf8(), GBK);
        assertThat(said).containsEntry("v_pmode", "工商银行");
        assertNoticeIsMarked(said, GBK);
    }

    @ParameterizedTest
    @CsvSource({
        "v_md5info, 00, Fingerprint invalid",
        "v_amount, 557.4, Fingerprint invalid",
        "v_mid, 444, Invalid merchant",
        "v_oid, nonsense, Invalid order number",
        "v_pmode, 40, Invalid v_pmode",
        "v_pmode, '', Invalid v_pmode",
        "v_idnumber, 123, Invalid identity",
        "v_rcvname, '', Fingerprint invalid",
        "v_rcvpost, 12345678901, Invalid v_rcvpost"
    })
    void a_form_that_is_wrong_is_refused_in_payeases_words(String field, String value, String words)
            throws Exception {
        var fields = new HashMap<>(fields("557.40", "王小明"));
        fields.put(field, value);

        var answer = submit("/payease/customer/gb/pay_bank_utf8.jsp", fields);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void an_unpaid_order_may_come_again_and_a_paid_one_may_not() throws Exception {
        shop.enqueue(sent());
        var fields = fields("557.40", null);

        pay(fields, "leave");
        pay(fields, "pay");

        assertThat(submit("/payease/customer/gb/pay_bank_utf8.jsp", fields).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_failed_order_is_told_as_3_and_can_be_paid_by_another_try() throws Exception {
        shop.enqueue(sent());
        shop.enqueue(sent());
        var fields = fields("557.40", null);

        var returned =
                parse(URI.create(pay(fields, "decline")).getRawQuery(), StandardCharsets.UTF_8);
        assertThat(returned).containsEntry("v_pstatus", "30");
        assertThat(query(fields.get("v_oid"))).contains("<pstatus>3</pstatus>");
        assertThat(notice()).containsEntry("v_pstatus", "3");
        pay(fields, "pay");

        assertThat(notice()).containsEntry("v_pstatus", "1");
        assertThat(query(fields.get("v_oid"))).contains("<pstatus>1</pstatus>");
    }

    @Test
    void beyond_a_banks_limit_or_by_another_holder_the_payment_fails() throws Exception {
        shop.enqueue(sent());
        shop.enqueue(sent());
        var much = fields("50000.01", null);

        pay(much, "pay");
        assertThat(notice()).containsEntry("v_pstring", "超过限额").containsEntry("v_pstatus", "3");

        var fields = fields("10.00", "王小明");
        command(
                "/control/payease/browser/pay",
                JSON.writeValueAsString(
                        Map.of("action", action(), "fields", fields, "holder", "李四")));
        assertThat(notice()).containsEntry("v_pstring", "户名不符");
    }

    @Test
    void orders_that_end_together_are_told_together_until_it_is_sent() throws Exception {
        shop.enqueue(new MockResponse.Builder().body("error").build());
        shop.enqueue(sent());
        var first = fields("1.00", null);
        var second = fields("2.00", null);
        command("/control/payease/notifications/hold", "");
        pay(first, "pay");
        pay(second, "decline");

        command("/control/payease/notifications/release", "");

        var said = notice();
        assertThat(said)
                .containsEntry("v_count", "2")
                .containsEntry("v_oid", first.get("v_oid") + "|_|" + second.get("v_oid"))
                .containsEntry("v_pstatus", "1|_|3")
                .containsEntry("v_amount", "1.00|_|2.00");
        assertNoticeIsMarked(said, StandardCharsets.UTF_8);
        await().until(() -> !notices(first).isEmpty());
        command("/control/clock", "{\"offset_seconds\":61}");
        assertThat(notice()).isEqualTo(said);
        await().until(() ->
                notices(first).valueStream().anyMatch(sent -> sent.path("accepted").asBoolean()));
    }

    @ParameterizedTest
    @CsvSource({"gbk", "utf8", "url_encoded"})
    void the_mac_can_be_made_in_each_way_that_was_seen(String encoding) throws Exception {
        shop.enqueue(sent());
        command(
                "/control/payease/settings",
                "{\"mac_encoding\":\"" + encoding.toUpperCase(java.util.Locale.ROOT) + "\"}");
        pay(fields("1.00", null), "pay");

        var said = notice();
        var words = said.get("v_pmode");
        var bytes =
                switch (encoding) {
                    case "gbk" -> text(said, words, said.get("v_pstring")).getBytes(GBK);
                    case "utf8" ->
                            text(said, words, said.get("v_pstring"))
                                    .getBytes(StandardCharsets.UTF_8);
                    default ->
                            text(
                                            said,
                                            URLEncoder.encode(words, StandardCharsets.UTF_8),
                                            URLEncoder.encode(
                                                    said.get("v_pstring"), StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.US_ASCII);
                };
        assertThat(said).containsEntry("v_mac", mac(bytes));
    }

    @Test
    void each_accepted_refund_is_another_one_up_to_what_was_paid() throws Exception {
        shop.enqueue(sent());
        var fields = fields("100.00", null);
        pay(fields, "pay");
        var oid = fields.get("v_oid");

        var once = refund(oid, "40.00", "RF1");
        var twice = refund(oid, "40.00", "RF1");
        var thrice = refund(oid, "40.00", "RF1");

        assertThat(element(once, "refid")).isNotEqualTo(element(twice, "refid"));
        assertSigned(element(once, "sign"), oid, element(once, "refid"), "40.00");
        assertThat(thrice).contains("Refund money exceed order limit");
        var list = refunds(oid);
        assertThat(list)
                .contains("<refreason>RF1</refreason>")
                .contains("<refstatus>0</refstatus>");
        command("/control/payease/refunds/RF1/succeed", "");
        assertThat(refunds(oid)).contains("<refstatus>1</refstatus>");
        command("/control/payease/refunds/RF1/fail", "");
        assertThat(refunds(oid)).contains("<refstatus>2</refstatus>");
        assertThat(api("refund/ref_ack_day_list_utf8.jsp", Map.of("v_ymd", day()), "v_ymd"))
                .contains(oid);
    }

    @Test
    void a_refund_is_done_by_itself_after_a_while() throws Exception {
        shop.enqueue(sent());
        var fields = fields("100.00", null);
        pay(fields, "pay");
        refund(fields.get("v_oid"), "40.00", "RF1");

        command("/control/clock", "{\"offset_seconds\":3}");

        assertThat(refunds(fields.get("v_oid"))).contains("<refstatus>1</refstatus>");
    }

    @Test
    void strangers_get_in_nowhere() throws Exception {
        assertThat(api("order/order_ack_oid_list.jsp", Map.of("v_oid", "x"), "v_oid"))
                .contains("Invalid order number");
        assertThat(
                        form(
                                        "/payease/merchant/order/order_ack_oid_list.jsp",
                                        Map.of("v_mid", "888", "v_oid", "x", "v_mac", "00"),
                                        StandardCharsets.UTF_8)
                                .body())
                .contains("Fingerprint invalid");
        command("/control/payease/settings", "{\"only_from\":[\"192.0.2.1\"]}");
        assertThat(api("order/order_ack_oid_list.jsp", Map.of("v_oid", "x"), "v_oid"))
                .contains("Invalid request");
    }

    @Test
    void there_is_no_statement_and_no_closing() throws Exception {
        assertThat(get("/payease/merchant/statement.jsp").statusCode()).isEqualTo(404);
        assertThat(
                        form("/payease/merchant/order/close.jsp", Map.of(), StandardCharsets.UTF_8)
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_unpaid_order_lapses_after_a_day() throws Exception {
        var fields = fields("1.00", null);
        pay(fields, "leave");

        command("/control/clock", "{\"offset_seconds\":86401}");

        assertThat(query(fields.get("v_oid"))).contains("<pstatus>2</pstatus>");
        assertThat(submit("/payease/customer/gb/pay_bank_utf8.jsp", fields).statusCode())
                .isEqualTo(400);
    }

    @Test
    void calls_go_wrong_as_ordered_and_only_as_often() throws Exception {
        var fields = fields("1.00", null);
        pay(fields, "leave");
        command(
                "/control/payease/faults",
                "{\"api\":{\"query\":{\"fail_before\":1,\"html_502\":1,\"bad_signature\":2}}}");

        var asked =
                Map.of(
                        "v_mid",
                        "888",
                        "v_oid",
                        fields.get("v_oid"),
                        "v_mac",
                        mac(("888" + fields.get("v_oid")).getBytes(StandardCharsets.US_ASCII)));
        var path = "/payease/merchant/order/order_ack_oid_list.jsp";
        assertThat(form(path, asked, StandardCharsets.UTF_8).statusCode()).isEqualTo(500);
        assertThat(form(path, asked, StandardCharsets.UTF_8).statusCode()).isEqualTo(502);
        assertThat(form(path, asked, StandardCharsets.UTF_8).body())
                .contains("<sign>" + "5a".repeat(128) + "</sign>");
        assertSigned(
                element(form(path, asked, StandardCharsets.UTF_8).body(), "sign"),
                fields.get("v_oid"),
                "2",
                "1.00",
                "0");
    }

    @Test
    void notifications_go_wrong_as_ordered() throws Exception {
        for (int i = 0; i < 4; i++) {
            shop.enqueue(sent());
        }
        var fields = fields("1.00", null);
        command(
                "/control/payease/faults",
                "{\"applies_to\":\"%s\",\"notification\":{\"duplicate\":1,\"tampered_amount\":true,\"bad_mac\":true}}"
                        .formatted(number(fields)));

        pay(fields, "pay");

        var said = notice();
        assertThat(said).containsEntry("v_amount", "1.01").containsEntry("v_mac", "0".repeat(32));
        assertSigned(said.get("v_sign"), fields.get("v_oid"), "1", "1.01", "0", "1");
        assertThat(notice()).isEqualTo(said);
        command(
                "/control/payease/orders/" + number(fields) + "/notify",
                "{\"bad_signature\":true}");
        assertThat(notice())
                .containsEntry("v_sign", "5a".repeat(128))
                .containsEntry("v_amount", "1.00");
        shop.enqueue(sent());
        command(
                "/control/payease/orders/" + number(fields) + "/notify",
                "{\"wrong_currency\":true}");
        var foreign = notice();
        assertThat(foreign).containsEntry("v_moneytype", "1").containsEntry("v_amount", "1.00");
        assertSigned(foreign.get("v_sign"), fields.get("v_oid"), "1", "1.00", "1", "1");
    }

    private String pay(Map<String, String> fields, String outcome) throws Exception {
        return command(
                        "/control/payease/browser/pay",
                        JSON.writeValueAsString(
                                Map.of("action", action(), "fields", fields, "outcome", outcome)))
                .path("return_url")
                .asString();
    }

    private String action() {
        return "http://127.0.0.1:" + port + "/payease/customer/gb/pay_bank_utf8.jsp";
    }

    private static String day() {
        return java.time.format.DateTimeFormatter.BASIC_ISO_DATE.format(
                java.time.LocalDate.now(java.time.ZoneOffset.ofHours(8)));
    }

    private static Map<String, String> fields(String amount, String payer) throws Exception {
        var oid = day() + "-888-" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        var fields = new LinkedHashMap<String, String>();
        fields.put("v_mid", "888");
        fields.put("v_oid", oid);
        fields.put("v_rcvname", "888");
        fields.put("v_rcvaddr", "888");
        fields.put("v_rcvtel", "888");
        fields.put("v_rcvpost", "888");
        fields.put("v_amount", amount);
        fields.put("v_ymd", day());
        fields.put("v_orderstatus", "1");
        fields.put("v_ordername", "888");
        fields.put("v_moneytype", "0");
        fields.put("v_url", "https://pay.example/back");
        fields.put(
                "v_md5info",
                mac(
                        ("0" + day() + amount + "888" + oid + "888" + "https://pay.example/back")
                                .getBytes(StandardCharsets.US_ASCII)));
        fields.put("v_pmode", "9");
        if (payer != null) {
            fields.put("v_idtype", "01");
            fields.put("v_idnumber", "11010519491231002X");
            fields.put("v_idname", payer);
            fields.put("v_idcountry", "156");
        }
        return fields;
    }

    private static String number(Map<String, String> fields) {
        var oid = fields.get("v_oid");
        return oid.substring(oid.lastIndexOf('-') + 1);
    }

    private HttpResponse<String> submit(String page, Map<String, String> fields) throws Exception {
        return form(page, fields, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> form(String path, Map<String, String> fields, Charset charset)
            throws Exception {
        var body =
                fields.entrySet().stream()
                        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), charset))
                        .collect(Collectors.joining("&"));
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString());
    }

    private JsonNode command(String path, String json) throws Exception {
        var answer =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + answer.body()).isBetween(200, 204);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private String query(String oid) throws Exception {
        var xml = api("order/order_ack_oid_list.jsp", Map.of("v_oid", oid), "v_oid");
        assertSigned(
                element(xml, "sign"),
                oid,
                element(xml, "pstatus"),
                element(xml, "amount"),
                element(xml, "moneytype"));
        return xml;
    }

    private String refunds(String oid) throws Exception {
        return api("refund/ref_ack_oid_list_utf8.jsp", Map.of("v_oid", oid), "v_oid");
    }

    private String refund(String oid, String amount, String reason) throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put("v_mid", "888");
        fields.put("v_oid", oid);
        fields.put("v_refamount", amount);
        fields.put("v_refreason", reason);
        fields.put("v_refoprt", "ferrypay");
        fields.put(
                "v_mac",
                mac(("888" + oid + amount + "ferrypay").getBytes(StandardCharsets.US_ASCII)));
        return form("/payease/merchant/refund/ref_ack_submit.jsp", fields, StandardCharsets.UTF_8)
                .body();
    }

    private String api(String path, Map<String, String> more, String covered) throws Exception {
        var fields = new LinkedHashMap<>(more);
        fields.put("v_mid", "888");
        fields.put("v_version", "1.0");
        fields.put("v_mac", mac(("888" + more.get(covered)).getBytes(StandardCharsets.US_ASCII)));
        return form("/payease/merchant/" + path, fields, StandardCharsets.UTF_8).body();
    }

    private Map<String, String> notice() throws Exception {
        var request = shop.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return parse(request.getBody().utf8(), StandardCharsets.UTF_8);
    }

    private JsonNode notices(Map<String, String> fields) throws Exception {
        return JSON.readTree(
                        get("/control/payease/notifications?out_trade_no=" + number(fields)).body())
                .path("notifications");
    }

    private static MockResponse sent() {
        return new MockResponse.Builder().body("sent").build();
    }

    private static void assertReturnIsMarked(Map<String, String> told, Charset charset)
            throws Exception {
        assertThat(told.get("v_md5info"))
                .isEqualTo(
                        mac(
                                (told.get("v_oid")
                                                + told.get("v_pstatus")
                                                + told.get("v_pstring")
                                                + told.get("v_pmode"))
                                        .getBytes(charset)));
        assertThat(told.get("v_md5money"))
                .isEqualTo(mac((told.get("v_amount") + "0").getBytes(charset)));
        assertSigned(
                told.get("v_sign"),
                told.get("v_oid"),
                told.get("v_pstatus"),
                told.get("v_amount"),
                "0");
    }

    private static void assertNoticeIsMarked(Map<String, String> said, Charset charset)
            throws Exception {
        assertThat(said.get("v_mac"))
                .isEqualTo(
                        mac(
                                text(said, said.get("v_pmode"), said.get("v_pstring"))
                                        .getBytes(charset)));
        assertThat(said.get("v_md5money"))
                .isEqualTo(mac((said.get("v_amount") + said.get("v_moneytype")).getBytes(charset)));
        assertSigned(
                said.get("v_sign"),
                said.get("v_oid"),
                said.get("v_pstatus"),
                said.get("v_amount"),
                said.get("v_moneytype"),
                said.get("v_count"));
    }

    private static String text(Map<String, String> said, String banks, String words) {
        return said.get("v_oid") + banks + said.get("v_pstatus") + words + said.get("v_count");
    }

    /** By bare arithmetic: the sign to the public exponent is the padded hex of the MD5. */
    private static void assertSigned(String sign, String... values) throws Exception {
        var key =
                Pattern.compile("m=([0-9a-f]+);e=([0-9a-f]+);")
                        .matcher(Files.readString(KEYS.resolve("Public1024.key")).strip());
        assertThat(key.matches()).isTrue();
        var opened =
                new BigInteger(sign, 16)
                        .modPow(new BigInteger(key.group(2), 16), new BigInteger(key.group(1), 16))
                        .toString(16);
        var md5 =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("MD5")
                                        .digest(
                                                String.join("", values)
                                                        .getBytes(StandardCharsets.UTF_8)));
        var hexOfHex = HexFormat.of().formatHex(md5.getBytes(StandardCharsets.US_ASCII));
        assertThat(opened).isEqualTo("1" + "ff".repeat(128 - 3 - 32) + "00" + hexOfHex);
    }

    private static String mac(byte[] text) throws Exception {
        var mac = Mac.getInstance("HmacMD5");
        var key = Files.readString(KEYS.resolve("key.txt")).strip();
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
        return HexFormat.of().formatHex(mac.doFinal(text));
    }

    private static Map<String, String> parse(String form, Charset charset) {
        return Arrays.stream(form.split("&", -1))
                .map(field -> List.of(field.split("=", 2)))
                .collect(
                        Collectors.toMap(
                                List::getFirst, f -> URLDecoder.decode(f.getLast(), charset)));
    }

    private static String value(String html, String name) {
        var found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(html);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String element(String xml, String name) {
        var found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        assertThat(found.find()).as(xml).isTrue();
        return found.group(1);
    }
}
