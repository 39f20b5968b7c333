package io.ferrypay.sandbox.jdpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.sandbox.ChannelSandbox;
import io.ferrypay.sandbox.wechat.GenerateWechatKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running sandbox, a merchant who writes JD's messages by hand, and a server it is told on. */
@SpringBootTest(classes = ChannelSandbox.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class JdpayWireTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path KEYS = keys();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;
    private final JdpayMerchant merchant = new JdpayMerchant(KEYS.resolve("jdpay"));
    private MockWebServer shop;

    private static Path keys() {
        try {
            var folder = Files.createTempDirectory("jdpay-keys");
            GenerateWechatKeys.generate(folder.resolve("wechat"));
            GenerateJdpayKeys.generate(folder.resolve("jdpay"));
            return folder;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry properties) {
        properties.add("ferry.sandbox.wechat.directory", () -> KEYS.resolve("wechat").toString());
        properties.add("ferry.sandbox.jdpay.directory", () -> KEYS.resolve("jdpay").toString());
    }

    @BeforeEach
    void start() throws Exception {
        control("/control/reset", "");
        shop = new MockWebServer();
        shop.start();
    }

    @AfterEach
    void stop() throws Exception {
        control("/control/reset", "");
        shop.close();
    }

    @Test
    void generated_keys_stay_when_asked_for_again() throws Exception {
        var before = Files.readString(KEYS.resolve("jdpay/merchant-key.pem"));

        GenerateJdpayKeys.generate(KEYS.resolve("jdpay"));

        assertThat(Files.readString(KEYS.resolve("jdpay/merchant-key.pem"))).isEqualTo(before);
    }

    @Test
    void an_order_is_scanned_paid_told_and_acknowledged() throws Exception {
        shop.enqueue(new MockResponse.Builder().body("success").build());
        var number = JdpayMerchant.number();

        var placed = merchant.open(uniorder(number));
        assertThat(placed).contains("<code>000000</code>", "<amount>55740</amount>");
        assertThat(placed).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><jdpay>");
        assertThat(placed).endsWith("</sign></jdpay>");
        var code = placed.replaceAll(".*<qrCode>|</qrCode>.*", "");
        var paid = control("/control/jdpay/codes/pay", "{\"code_url\":\"" + code + "\"}");
        assertThat(paid.path("trade_state").stringValue()).isEqualTo("SUCCESS");

        var notice = shop.takeRequest(10, TimeUnit.SECONDS);
        var text = merchant.open(notice.getBody().utf8());
        assertThat(text)
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>")
                .contains("<tradeType>0</tradeType><sign>")
                .contains("<note>HARBOURHONEY</note><amount>55740</amount><status>2</status>");
        await().until(() -> notices(number).path(0).path("accepted").asBoolean(false));
        assertThat(merchant.open(query(number)))
                .contains("<tradeNum>" + number + "</tradeNum>", "<status>2</status>");
    }

    @Test
    void the_same_order_again_is_the_same_order_and_another_is_refused() throws Exception {
        var number = JdpayMerchant.number();
        var first = merchant.open(uniorder(number)).replaceAll(".*<orderId>|</orderId>.*", "");

        assertThat(merchant.open(uniorder(number))).contains("<orderId>" + first + "</orderId>");
        var other = order(number);
        other.put("amount", "55741");
        other.put("tradeType", "QR");
        assertThat(service("uniorder", merchant.request(other))).contains("SIM202");
        pay(number);
        assertThat(uniorder(number)).contains("SIM204").doesNotContain("<encrypt>");
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 0",
        "amount, 5.5",
        "amount, -1",
        "currency, NZD",
        "orderType, 2",
        "tradeTime, 20261332121515",
        "expireTime, 0",
        "notifyUrl, http://localhost/x?y=1",
        "tradeNum, a b",
        "tradeType, XX"
    })
    void what_jd_documents_is_checked(String field, String value) throws Exception {
        var fields = order(JdpayMerchant.number());
        fields.put("tradeType", "QR");
        fields.put(field, value);

        assertThat(service("uniorder", merchant.request(fields)))
                .contains("SIM101", field)
                .doesNotContain("<encrypt>");
    }

    @Test
    void a_message_that_is_not_the_merchants_is_refused() throws Exception {
        var request = merchant.request(Map.of("tradeNum", "x", "tradeType", "0"));
        var unsigned =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><jdpay><version>V2.0</version><merchant>"
                        + JdpayMerchant.NUMBER
                        + "</merchant><tradeNum>x</tradeNum></jdpay>";

        assertThat(service("query", request)).contains("SIM201");
        assertThat(service("query", merchant.sealed(unsigned))).contains("SIM102");
        assertThat(service("query", request.replaceAll("<encrypt>.{8}", "<encrypt>AAAAAAAA")))
                .contains("SIM103");
        assertThat(service("query", request.replace(JdpayMerchant.NUMBER, "1"))).contains("SIM104");
        assertThat(service("query", "<!DOCTYPE x><jdpay/>")).contains("SIM101");
        assertThat(service("query", "")).contains("SIM101");
    }

    @Test
    void a_browser_pays_at_the_cashier_and_is_taken_back_by_a_signed_post() throws Exception {
        shop.enqueue(new MockResponse.Builder().body("OK\n").build());
        var number = JdpayMerchant.number();
        var form = merchant.form(cashierOrder(number));

        var sent = post("/jdpay/jdpay/saveOrder", encoded(form));
        assertThat(sent.statusCode()).isEqualTo(302);
        var cashier = sent.headers().firstValue("Location").orElseThrow();
        assertThat(cashier).startsWith("/jdpay/jdpay/payCashier?tradeNum=" + number + "&orderId=");
        var page = get(cashier);
        assertThat(page.body()).contains("TEST", "¥557.40", "蜂蜜 500g");
        var key = cashier.replaceAll(".*key=", "");
        var decided =
                post(
                        "/jdpay/jdpay/payCashier",
                        "tradeNum=" + number + "&key=" + key + "&action=pay");
        assertThat(decided.statusCode()).isEqualTo(303);

        var end = get(decided.headers().firstValue("Location").orElseThrow());
        assertThat(end.body())
                .contains("action=\"http://localhost:" + shop.getPort() + "/back\"")
                .contains(".submit()");
        assertThat(end.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("form-action 'self' http://localhost:" + shop.getPort());
        var fields = new TreeMap<String, String>();
        var inputs =
                java.util.regex.Pattern.compile("name=\"(\\w+)\" value=\"([^\"]*)\"")
                        .matcher(end.body());
        while (inputs.find()) {
            fields.put(inputs.group(1), inputs.group(2));
        }
        assertThat(merchant.openForm(fields))
                .containsEntry("tradeNum", number)
                .containsEntry("amount", "55740")
                .containsEntry("status", "0");
        await().until(() -> notices(number).path(0).path("accepted").asBoolean(false));
    }

    @Test
    void a_cashier_page_is_nobodys_without_its_key() throws Exception {
        var number = JdpayMerchant.number();
        post("/jdpay/h5/jdpay/saveOrder", encoded(merchant.form(cashierOrder(number))));

        assertThat(get("/jdpay/jdpay/payCashier?tradeNum=" + number + "&key=0").statusCode())
                .isEqualTo(404);
        assertThat(
                        post("/jdpay/jdpay/payCashier", "tradeNum=" + number + "&key=0&action=pay")
                                .statusCode())
                .isEqualTo(404);
        assertThat(state(number)).isEqualTo("CREATED");
    }

    @Test
    void a_form_that_was_tampered_with_leads_to_a_page_that_says_so() throws Exception {
        var number = JdpayMerchant.number();
        var form = new TreeMap<>(merchant.form(cashierOrder(number)));
        form.put("amount", merchant.encrypt("1"));

        var page = post("/jdpay/jdpay/saveOrder", encoded(form));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("SIM102");
        assertThat(get("/control/jdpay/orders/" + number).statusCode()).isEqualTo(404);
    }

    @Test
    void a_test_plays_the_browser_without_one() throws Exception {
        var number = JdpayMerchant.number();
        var command =
                JSON.writeValueAsString(
                        Map.of("action", "ignored", "fields", merchant.form(cashierOrder(number))));

        var back = control("/control/jdpay/browser/pay", command);

        assertThat(back.path("return_url").stringValue())
                .isEqualTo("http://localhost:" + shop.getPort() + "/back");
        var fields = new TreeMap<String, String>();
        back.path("return_fields")
                .forEachEntry((name, value) -> fields.put(name, value.stringValue()));
        assertThat(merchant.openForm(fields)).containsEntry("tradeNum", number);
        assertThat(state(number)).isEqualTo("SUCCESS");
    }

    @Test
    void money_goes_back_in_parts_and_never_more_than_was_paid() throws Exception {
        sayYes(3);
        var number = JdpayMerchant.number();
        uniorder(number);
        assertThat(refund("R1" + number, number, "1")).contains("SIM302");
        pay(number);

        assertThat(merchant.open(refund("R1" + number, number, "55000")))
                .contains("<status>1</status>", "<oTradeNum>" + number + "</oTradeNum>");
        assertThat(merchant.open(refund("R1" + number, number, "55000")))
                .contains("<status>1</status>");
        assertThat(refund("R1" + number, number, "55001")).contains("SIM202");
        assertThat(refund("R2" + number, number, "741")).contains("SIM301");
        assertThat(merchant.open(refund("R2" + number, number, "740")))
                .contains("<status>1</status>");
        assertThat(refund("R3" + number, number, "1")).contains("SIM301");
        assertThat(
                        merchant.open(
                                service(
                                        "queryRefund",
                                        merchant.request(
                                                fields("oTradeNum", number, "tradeType", "1")))))
                .contains(
                        "<refList><refund><tradeNum>R1" + number, "<refund><tradeNum>R2" + number);
        assertThat(
                        merchant.open(
                                service(
                                        "query",
                                        merchant.request(
                                                fields(
                                                        "tradeNum",
                                                        "R2" + number,
                                                        "oTradeNum",
                                                        number,
                                                        "tradeType",
                                                        "1")))))
                .contains("<amount>740</amount>");
        await().until(() -> notices(number).size() >= 3);
    }

    @Test
    void refunds_can_be_held_until_told_how_to_end() throws Exception {
        sayYes(3);
        var number = JdpayMerchant.number();
        uniorder(number);
        pay(number);
        faults("{\"hold_refunds\":true}");

        assertThat(merchant.open(refund("RA" + number, number, "10")))
                .contains("<status>0</status>");
        refund("RB" + number, number, "55730");
        control("/control/jdpay/refunds/RA" + number + "/succeed", "");
        control("/control/jdpay/refunds/RB" + number + "/fail", "");

        assertThat(refundState("RA" + number, number)).contains("<status>1</status>");
        assertThat(refundState("RB" + number, number)).contains("<status>2</status>");
        assertThat(raw("/control/jdpay/refunds/RA" + number + "/fail", "").statusCode())
                .isEqualTo(409);
        await().until(() -> notices(number).size() >= 3);
    }

    @Test
    void revoking_closes_what_is_unpaid_and_returns_what_is_paid() throws Exception {
        var unpaid = JdpayMerchant.number();
        var paid = JdpayMerchant.number();
        uniorder(unpaid);
        uniorder(paid);
        pay(paid);

        assertThat(merchant.open(revoke(unpaid)))
                .contains("<tradeType>2</tradeType>", "<status>1</status>");
        assertThat(merchant.open(revoke(unpaid))).contains("<status>1</status>");
        assertThat(merchant.open(revoke(paid))).contains("<status>1</status>");

        assertThat(state(unpaid)).isEqualTo("CLOSED");
        assertThat(state(paid)).isEqualTo("SUCCESS");
        assertThat(
                        JSON.readTree(get("/control/jdpay/orders/" + paid).body())
                                .path("refunds")
                                .get(0)
                                .path("amount")
                                .longValue())
                .isEqualTo(55_740);
        assertThat(raw("/control/jdpay/orders/" + unpaid + "/pay", "").statusCode()).isEqualTo(409);
    }

    @Test
    void an_unpaid_order_closes_when_its_time_has_come() throws Exception {
        var number = JdpayMerchant.number();
        uniorder(number);

        control("/control/clock", "{\"offset_seconds\":901}");

        assertThat(merchant.open(query(number))).contains("<status>4</status>");
    }

    @Test
    void nobody_who_said_anything_but_success_has_said_yes() throws Exception {
        control("/control/clock", "{\"compression\":100000}");
        shop.enqueue(new MockResponse.Builder().body("fail").build());
        shop.enqueue(new MockResponse.Builder().code(500).body("success").build());
        shop.enqueue(new MockResponse.Builder().body("<html>success</html>").build());
        shop.enqueue(new MockResponse.Builder().body(" SUCCESS\r\n").build());
        var number = JdpayMerchant.number();
        uniorder(number);
        pay(number);

        await().until(() -> notices(number).size() == 4);
        assertThat(notices(number).valueStream().map(n -> n.path("accepted").booleanValue()))
                .containsExactly(false, false, false, true);
        var bodies = new java.util.HashSet<String>();
        for (int i = 0; i < 4; i++) {
            bodies.add(merchant.open(shop.takeRequest().getBody().utf8()));
        }
        assertThat(bodies).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tampered_amount, <amount>55741</amount>",
        "wrong_currency, <currency>THB</currency>",
        "wrong_merchant, <merchant>22294531</merchant>",
        "other_shop, <note>SOMEOTHERSHOP</note>"
    })
    void a_notification_may_lie_and_be_signed_all_the_same(String fault, String lie)
            throws Exception {
        shop.enqueue(new MockResponse.Builder().body("success").build());
        var number = JdpayMerchant.number();
        uniorder(number);
        faults("{\"notification\":{\"" + fault + "\":1}}");

        pay(number);

        assertThat(merchant.open(shop.takeRequest().getBody().utf8())).contains(lie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad_signature", "unsigned"})
    void a_notification_may_be_forged(String fault) throws Exception {
        shop.enqueue(new MockResponse.Builder().body("fail").build());
        var number = JdpayMerchant.number();
        uniorder(number);
        faults("{\"notification\":{\"" + fault + "\":true}}");

        pay(number);

        var body = shop.takeRequest().getBody().utf8();
        assertThatThrownBy(() -> merchant.open(body)).isInstanceOf(AssertionError.class);
    }

    @Test
    void calls_go_wrong_as_ordered_and_the_work_is_done_or_not() throws Exception {
        var number = JdpayMerchant.number();
        uniorder(number);
        pay(number);
        faults(
                """
                {"api":{"refund":{"busy":1,"fail_before":1,"fail_after":1},"query":{"html_502":1}}}
                """);

        assertThat(serviceAnswer("refund", refundRequest("F1" + number, number, "1")).statusCode())
                .isEqualTo(500);
        assertThat(refund("F1" + number, number, "1")).contains("SIM900");
        assertThat(query(number)).contains("<h1>502</h1>");
        assertThat(serviceAnswer("refund", refundRequest("F2" + number, number, "2")).statusCode())
                .isEqualTo(500);

        faults("{}");
        assertThat(refundState("F1" + number, number)).contains("SIM201");
        assertThat(refundState("F2" + number, number)).contains("<amount>2</amount>");
        faults("{\"api\":{\"query\":{\"unsigned\":1}}}");
        assertThat(merchant.unseal(query(number)))
                .contains("<status>2</status>")
                .doesNotContain("<sign>");
        faults("{\"api\":{\"query\":{\"bad_signature\":1}}}");
        var forged = query(number);
        assertThatThrownBy(() -> merchant.open(forged)).isInstanceOf(AssertionError.class);
        faults("{\"api\":{\"query\":{\"other_order\":1}}}");
        assertThat(merchant.open(query(number))).contains("SOMEBODYELSESORDER");
        faults("{\"api\":{\"query\":{\"cut\":1}}}");
        assertThatThrownBy(() -> query(number)).isInstanceOf(IOException.class);
        assertThat(raw("/control/jdpay/faults", "{\"api\":{\"nothing\":{}}}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_bill_is_there_from_ten_oclock_of_the_next_day_and_can_be_made_to_disagree()
            throws Exception {
        var number = JdpayMerchant.number();
        var missing = JdpayMerchant.number();
        for (var one : new String[] {number, missing}) {
            uniorder(one);
            pay(one);
        }
        refund("RX" + number, number, "1050");
        var day = LocalDate.now(ZoneOffset.ofHours(8));
        var tenOClock = day.plusDays(1).atTime(10, 0).toInstant(ZoneOffset.ofHours(8));
        var wait = tenOClock.getEpochSecond() - Instant.now().getEpochSecond();

        control("/control/clock", "{\"offset_seconds\":" + (wait - 60) + "}");
        assertThat(bill(day).headers().firstValue("Return-Code")).contains("0010");
        control("/control/clock", "{\"offset_seconds\":" + (wait + 60) + "}");
        var lines = csv(bill(day));

        assertThat(lines).hasSize(4);
        assertThat(lines[0]).startsWith("商户订单号,京东交易号,");
        var payment = line(lines, "=\"" + number + "\",", "消费");
        assertThat(payment).hasSize(18);
        assertThat(payment[2]).isEqualTo("557.40");
        assertThat(payment[5]).isEqualTo("成功");
        assertThat(payment[8]).startsWith(day.toString());
        assertThat(payment[11]).isEqualTo("3.34");
        var back = line(lines, "=\"" + number + "\",", "退款");
        assertThat(back[2]).isEqualTo("-10.50");
        assertThat(back[10]).isEqualTo("=\"RX" + number + "\"");

        control(
                "/control/jdpay/bills/" + day,
                """
                {"missing":["%s"],"extra":[{"trade_num":"GHOST","amount":7}],"other_amounts":{"%s":55739}}
                """
                        .formatted(missing, number));
        var wrong = String.join("\n", csv(bill(day)));
        assertThat(wrong)
                .doesNotContain(missing)
                .contains("=\"GHOST\"", "0.07", "557.39")
                .doesNotContain("557.40");
        assertThat(csv(bill(day.minusDays(3)))).hasSize(1);
    }

    @Test
    void a_bill_is_for_who_knows_the_key() throws Exception {
        assertThat(
                        get("/jdpay/api/download.do?owner=110148035&data=e30=&md5=0")
                                .headers()
                                .firstValue("Return-Code"))
                .contains("0020");
        assertThat(
                        bill("1", "20261124bankreturn_110148035005.zip", "0001/0002")
                                .headers()
                                .firstValue("Return-Code"))
                .contains("0030");
        assertThat(
                        bill("110148035", "20261124bankreturn_110148035005.zip", "0001/0001")
                                .headers()
                                .firstValue("Return-Code"))
                .contains("0030");
    }

    private HttpResponse<byte[]> bill(LocalDate day) throws Exception {
        return bill(
                "110148035",
                DateTimeFormatter.BASIC_ISO_DATE.format(day.plusDays(1))
                        + "bankreturn_110148035005.zip",
                "0001/0002");
    }

    private HttpResponse<byte[]> bill(String owner, String name, String path) throws Exception {
        var data =
                Base64.getEncoder()
                        .encodeToString(
                                "{\"name\":\"%s\",\"path\":\"%s\"}"
                                        .formatted(name, path)
                                        .getBytes(StandardCharsets.UTF_8));
        var md5 =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("MD5")
                                        .digest(
                                                (data + merchant.md5Key)
                                                        .getBytes(StandardCharsets.UTF_8)));
        return HTTP.send(
                HttpRequest.newBuilder(
                                uri(
                                        "/jdpay/api/download.do?owner="
                                                + owner
                                                + "&data="
                                                + URLEncoder.encode(data, StandardCharsets.UTF_8)
                                                + "&md5="
                                                + md5))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static String[] csv(HttpResponse<byte[]> bill) throws IOException {
        assertThat(bill.headers().firstValue("Return-Code")).contains("0000");
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bill.body()))) {
            assertThat(zip.getNextEntry()).isNotNull();
            return new String(zip.readAllBytes(), Charset.forName("GBK")).split("\r\n");
        }
    }

    private static String[] line(String[] lines, String start, String kind) {
        for (var line : lines) {
            if (line.startsWith(start) && line.contains("," + kind + ",")) {
                return line.split(",", -1);
            }
        }
        throw new AssertionError("no line " + start + kind);
    }

    private Map<String, String> order(String number) {
        return JdpayMerchant.order(number, "http://localhost:" + shop.getPort() + "/notify");
    }

    private Map<String, String> cashierOrder(String number) {
        var fields = order(number);
        fields.put("callbackUrl", "http://localhost:" + shop.getPort() + "/back");
        fields.put("userId", "u1");
        return fields;
    }

    private String uniorder(String number) throws Exception {
        var fields = order(number);
        fields.put("tradeType", "QR");
        return service("uniorder", merchant.request(fields));
    }

    private String query(String number) throws Exception {
        return service("query", merchant.request(fields("tradeNum", number, "tradeType", "0")));
    }

    private String refund(String number, String order, String amount) throws Exception {
        return service("refund", refundRequest(number, order, amount));
    }

    private String refundRequest(String number, String order, String amount) {
        return merchant.request(
                fields(
                        "tradeNum",
                        number,
                        "oTradeNum",
                        order,
                        "amount",
                        amount,
                        "currency",
                        "CNY",
                        "tradeTime",
                        "20261124121515",
                        "notifyUrl",
                        "http://localhost:" + shop.getPort() + "/notify",
                        "note",
                        "n"));
    }

    private String refundState(String number, String order) throws Exception {
        var answer =
                service(
                        "query",
                        merchant.request(
                                fields(
                                        "tradeNum", number,
                                        "oTradeNum", order,
                                        "tradeType", "1")));
        return answer.contains("<encrypt>") ? merchant.unseal(answer) : answer;
    }

    private String revoke(String order) throws Exception {
        return service(
                "revoke",
                merchant.request(
                        fields(
                                "tradeNum", order + "C",
                                "oTradeNum", order,
                                "amount", "55740",
                                "currency", "CNY",
                                "tradeTime", "20261124121515",
                                "note", "n")));
    }

    private static Map<String, String> fields(String... pairs) {
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }

    private String service(String name, String body) throws Exception {
        return serviceAnswer(name, body).body();
    }

    private HttpResponse<String> serviceAnswer(String name, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri("/jdpay/service/" + name))
                        .header("Content-Type", "application/xml")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void pay(String number) throws Exception {
        control("/control/jdpay/orders/" + number + "/pay", "");
    }

    private void faults(String json) throws Exception {
        control("/control/jdpay/faults", json);
    }

    private String state(String number) throws Exception {
        return JSON.readTree(get("/control/jdpay/orders/" + number).body())
                .path("trade_state")
                .stringValue();
    }

    private void sayYes(int times) {
        for (int i = 0; i < times; i++) {
            shop.enqueue(new MockResponse.Builder().body("success").build());
        }
    }

    private JsonNode notices(String number) throws Exception {
        return JSON.readTree(get("/control/jdpay/notifications?out_trade_no=" + number).body())
                .path("notifications");
    }

    private JsonNode control(String path, String json) throws Exception {
        var answer = raw(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    private HttpResponse<String> raw(String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
