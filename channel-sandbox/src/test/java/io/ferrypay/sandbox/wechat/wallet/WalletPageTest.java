package io.ferrypay.sandbox.wechat.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalletPageTest extends WireTest {

    private final HttpClient browser = HttpClient.newHttpClient();
    private final Map<String, Object> order = new LinkedHashMap<>();
    private String code;
    private String number;

    @BeforeEach
    void place_an_order() {
        number = number();
        order.putAll(Institution.order(number, notifyUrl()));
        order.put("description", "Honey <b>& \"mead\"</b> 蜂蜜");
        code = institution.place(order);
    }

    @AfterEach
    void close_the_browser() {
        browser.close();
    }

    @Test
    void the_page_shows_what_is_paid_to_whom_and_that_it_is_a_test() throws Exception {
        var page = get(link(), "en-NZ,en;q=0.9");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"en\">")
                .contains("TEST – no real money moves")
                .contains("Harbour Honey Co")
                .contains("Honey &lt;b&gt;&amp; &quot;mead&quot;&lt;/b&gt; 蜂蜜")
                .contains("¥557.40")
                .contains("NZD 120.00")
                .contains("1 NZD = 4.6450 CNY")
                .contains(">Pay ¥557.40</button>")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(page.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly", "SameSite=Strict");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void it_speaks_chinese_where_that_is_preferred_or_chosen() throws Exception {
        assertThat(get(link(), "zh-CN,zh;q=0.9,en;q=0.8").body())
                .contains("<html lang=\"zh-CN\">", "支付 ¥557.40", "TEST 测试", ">English</a>");
        assertThat(get(link() + "&lang=zh-CN", "en").body()).contains("<html lang=\"zh-CN\">");
        assertThat(get(link() + "&lang=en", "zh").body()).contains("<html lang=\"en\">");
        assertThat(get(link(), "de,fr;q=0.5").body()).contains("<html lang=\"en\">");
        assertThat(get(link(), ";;;").body()).contains("<html lang=\"en\">");
    }

    @Test
    void confirming_pays_and_tells_the_shop() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());

        var result = decide("pay");

        assertThat(result.body())
                .contains("<h2>Paid</h2>", "¥557.40", "WeChat order number")
                .doesNotContain("<form");
        assertThat(state()).isEqualTo("SUCCESS");
        var told = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(told.path("out_trade_no").stringValue()).isEqualTo(number);
    }

    @Test
    void confirming_twice_pays_once() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());
        var page = get(link(), "en");
        send(page, "pay", nonce(page));
        var first = institution.query(number).path("id").stringValue();

        var second = send(page, "pay", nonce(page));

        assertThat(second.statusCode()).isEqualTo(303);
        assertThat(institution.query(number).path("id").stringValue()).isEqualTo(first);
    }

    @Test
    void the_bank_can_decline() throws Exception {
        assertThat(decide("decline").body()).contains("<h2>Payment declined</h2>");
        assertThat(state()).isEqualTo("PAYERROR");
    }

    @Test
    void leaving_changes_nothing_and_allows_to_come_back() throws Exception {
        assertThat(decide("leave").body()).contains("<h2>Not paid</h2>", "Look at the order again");
        assertThat(state()).isEqualTo("NOTPAY");
        assertThat(get(link(), "en").body()).contains("<form");
    }

    @Test
    void a_form_without_our_nonce_pays_nothing() throws Exception {
        var page = get(link(), "en");

        var forged = send(page, "pay", "forged");

        assertThat(forged.statusCode()).isEqualTo(303);
        assertThat(state()).isEqualTo("NOTPAY");
        assertThat(get(location(forged), "en").body())
                .contains("role=\"alert\"", "Please confirm again");
    }

    @Test
    void a_nonce_without_its_cookie_pays_nothing() throws Exception {
        var nonce = nonce(get(link(), "en"));
        var request = form("pay", nonce).build();

        browser.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(state()).isEqualTo("NOTPAY");
    }

    @Test
    void a_nonce_of_another_code_pays_nothing() throws Exception {
        var other = Institution.order(number(), notifyUrl());
        var page = get("/wallet/wechat?code=" + encode(institution.place(other)), "en");

        send(page, "pay", nonce(page));

        assertThat(state()).isEqualTo("NOTPAY");
    }

    @Test
    void closed_expired_and_unknown_codes_say_so() throws Exception {
        institution.close(number);
        assertThat(get(link(), "en").body()).contains("<h2>This order is closed</h2>");

        var unknown = get("/wallet/wechat?code=" + encode("weixin://wxpay/s/<script>"), "en");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .contains("<h2>This code is not known here</h2>")
                .doesNotContain("<script>");
        assertThat(get("/wallet/wechat", "en").statusCode()).isEqualTo(404);

        code = institution.place(Institution.order(number(), notifyUrl()));
        command("/control/clock", "{\"offset_seconds\":7201}");
        var expired = get(link(), "en");
        assertThat(expired.statusCode()).isEqualTo(410);
        assertThat(expired.body()).contains("<h2>This code no longer works</h2>");
    }

    @Test
    void the_style_sheet_is_there() throws Exception {
        assertThat(get("/wallet/wallet.css", "en").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> decide(String action) throws Exception {
        var page = get(link(), "en");
        var sent = send(page, action, nonce(page));
        assertThat(sent.statusCode()).isEqualTo(303);
        return get(location(sent), "en");
    }

    private String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> get(String path, String language)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(uri(path)).header("Accept-Language", language).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpResponse<String> page, String action, String nonce)
            throws IOException, InterruptedException {
        var cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
        return browser.send(
                form(action, nonce)
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder form(String action, String nonce) {
        return HttpRequest.newBuilder(uri("/wallet/wechat"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "code=%s&nonce=%s&lang=en&action=%s"
                                        .formatted(encode(code), encode(nonce), action)));
    }

    private static String nonce(HttpResponse<String> page) {
        var nonce = Pattern.compile("name=\"nonce\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }

    private String link() {
        return "/wallet/wechat?code=" + encode(code);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String state() {
        return institution.query(number).path("trade_state").stringValue();
    }
}
