package io.ferrypay.sandbox.wechat.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MWEB: a phone's browser opens an address of WeChat's and comes back. */
class FromPhoneTest extends WireTest {

    private static final String BACK = "http://localhost:7200/pay/n0nce?a=1&b=2";

    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close_the_browser() {
        browser.close();
    }

    @Test
    void the_address_leads_to_the_wallet_and_from_there_back_to_the_shop() throws Exception {
        var number = number();
        var url = place(Institution.mwebOrder(number, notifyUrl())) + "&redirect_url=" + enc(BACK);
        assertThat(url)
                .startsWith(
                        "http://127.0.0.1:"
                                + port
                                + "/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx");

        var opened = open(url, "Mozilla/5.0 (iPhone)");
        assertThat(opened.statusCode()).isEqualTo(303);
        var wallet = base() + opened.headers().firstValue("Location").orElseThrow();
        assertThat(open(wallet, "Mozilla/5.0 (iPhone)").body()).contains(">Pay ¥557.40</button>");
        pay(number);

        assertThat(open(wallet, "Mozilla/5.0 (iPhone)").body())
                .contains(
                        "id=\"back-to-shop\" href=\"http://localhost:7200/pay/n0nce?a=1&amp;b=2\"");
    }

    @Test
    void inside_wechat_it_does_not_work() throws Exception {
        var url = place(Institution.mwebOrder(number(), notifyUrl()));

        var opened = open(url, "Mozilla/5.0 (iPhone) MicroMessenger/8.0.49");

        assertThat(opened.statusCode()).isEqualTo(403);
        assertThat(opened.body()).contains("Please open this in another browser");
    }

    @Test
    void a_browser_can_be_played_by_a_test() {
        var number = number();
        var url = place(Institution.mwebOrder(number, notifyUrl())) + "&redirect_url=" + enc(BACK);

        var returned = command("/control/wechat/browser/pay", "{\"url\":\"%s\"}".formatted(url));

        assertThat(returned.path("return_url").stringValue()).isEqualTo(BACK);
        assertThat(institution.query(number).path("trade_state").stringValue())
                .isEqualTo("SUCCESS");
    }

    @Test
    void after_five_minutes_the_address_is_dead_and_the_order_gets_another() throws Exception {
        var order = Institution.mwebOrder(number(), notifyUrl());
        var url = place(order);
        command("/control/clock", "{\"offset_seconds\":301}");

        var opened = open(url, "Mozilla/5.0");
        var wallet = base() + opened.headers().firstValue("Location").orElseThrow();

        assertThat(open(wallet, "Mozilla/5.0").statusCode()).isEqualTo(410);
        assertThat(place(order)).isNotEqualTo(url);
    }

    @Test
    void the_way_back_is_a_web_page_or_nothing() throws Exception {
        var number = number();
        var url =
                place(Institution.mwebOrder(number, notifyUrl()))
                        + "&redirect_url="
                        + enc("javascript:alert(1)");
        pay(number);

        var opened = open(url, "Mozilla/5.0");
        var wallet = base() + opened.headers().firstValue("Location").orElseThrow();

        assertThat(open(wallet, "Mozilla/5.0").body())
                .contains("<h2>Paid</h2>")
                .doesNotContain("javascript:", "back-to-shop");
        assertThat(
                        open(
                                        base()
                                                + "/wallet/wechat?code=x&back="
                                                + enc("javascript:alert(1)"),
                                        "Mozilla/5.0")
                                .body())
                .doesNotContain("javascript:");
    }

    @Test
    void an_order_says_where_it_is_paid_from() {
        var nowhere = Institution.mwebOrder(number(), notifyUrl());
        nowhere.remove("scene_info");
        assertRefused(nowhere);
        var noAddress = Institution.mwebOrder(number(), notifyUrl());
        noAddress.put("scene_info", Map.of("store_info", Map.of("name", "a", "address", "b")));
        assertRefused(noAddress);
        var noStore = Institution.mwebOrder(number(), notifyUrl());
        noStore.put("scene_info", Map.of("payer_client_ip", "203.0.113.7"));
        assertRefused(noStore);
    }

    private void assertRefused(Map<String, Object> order) {
        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("PARAM_ERROR"));
    }

    private String place(Map<String, Object> order) {
        return institution
                .post("/v3/global/transactions/mweb", order)
                .path("mweb_url")
                .stringValue();
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private HttpResponse<String> open(String url, String userAgent) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("User-Agent", userAgent)
                        .header("Accept-Language", "en")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String enc(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
