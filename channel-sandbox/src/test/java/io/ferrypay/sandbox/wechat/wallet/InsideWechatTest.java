package io.ferrypay.sandbox.wechat.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** JSAPI: placed for one person, paid by what a page hands to the wallet. */
class InsideWechatTest extends WireTest {

    private static final String OPENID = PaidBy.TEST_PAYER.openid();

    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close_the_browser() {
        browser.close();
    }

    @Test
    void the_same_order_has_the_same_prepay_id() {
        var order = Institution.jsapiOrder(number(), notifyUrl(), OPENID);

        assertThat(prepay(order)).matches("wx[0-9]{14}[0-9A-Za-z]{16}").isEqualTo(prepay(order));
    }

    @Test
    void an_order_needs_its_payer_by_an_openid_of_this_app() {
        var nobody = Institution.jsapiOrder(number(), notifyUrl(), OPENID);
        nobody.remove("payer");

        assertRefused(nobody, "PARAM_ERROR");
        assertRefused(
                Institution.jsapiOrder(number(), notifyUrl(), "oOfAnotherApp"), "PARAM_ERROR");
        var wrongType = Institution.jsapiOrder(number(), notifyUrl(), OPENID);
        wrongType.put("trade_type", "NATIVE");
        assertRefused(wrongType, "PARAM_ERROR");
    }

    @Test
    void the_wallet_pays_what_the_institution_signed_for_and_tells_the_shop() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());
        var number = number();
        var prepayId = prepay(Institution.jsapiOrder(number, notifyUrl(), OPENID));

        assertThat(payInWallet(institution.walletCall(prepayId))).isEqualTo(200);

        var paid = institution.query(number);
        assertThat(paid.path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(paid.path("trade_type").stringValue()).isEqualTo("JSAPI");
        assertThat(paid.path("payer").path("sp_openid").stringValue()).isEqualTo(OPENID);
        var told = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(told.path("out_trade_no").stringValue()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "appId, wx0000000000000000",
        "timeStamp, 1764040001",
        "nonceStr, another",
        "package, prepay_id=wx1",
        "signType, MD5",
        "paySign, AAAA",
        "paySign, ''",
    })
    void a_call_that_was_changed_pays_nothing(String name, String value) throws Exception {
        var number = number();
        var call =
                institution.walletCall(prepay(Institution.jsapiOrder(number, notifyUrl(), OPENID)));
        call.put(name, value);

        assertThat(payInWallet(call)).isEqualTo(400);
        assertThat(page("/wechat/pay-request?" + query(call)).body())
                .contains("This request to pay is not genuine", "data-result=\"fail\"");
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
    }

    @Test
    void the_bridge_opens_the_wallet_which_says_how_it_went() throws Exception {
        var number = number();
        var prepayId = prepay(Institution.jsapiOrder(number, notifyUrl(), OPENID));

        var opened = page("/wechat/pay-request?" + query(institution.walletCall(prepayId)));

        assertThat(opened.statusCode()).isEqualTo(303);
        var wallet = opened.headers().firstValue("Location").orElseThrow();
        assertThat(page(wallet).body())
                .contains(">Pay ¥557.40</button>", "name=\"bridge\" value=\"true\"");
        pay(number);
        assertThat(page(wallet).body())
                .contains("<script src=\"/wallet/bridge-result.js\" data-result=\"ok\">");
        assertThat(page(wallet.replace("&bridge=true", "")).body()).doesNotContain("<script");
    }

    @Test
    void leaving_is_a_cancel() throws Exception {
        var prepayId = prepay(Institution.jsapiOrder(number(), notifyUrl(), OPENID));

        assertThat(page("/wallet/wechat?code=" + prepayId + "&bridge=true&left=true").body())
                .contains("data-result=\"cancel\"");
    }

    @Test
    void the_scripts_are_there_and_name_this_sandbox() throws Exception {
        var bridge = page("/wechat/bridge.js");

        assertThat(bridge.statusCode()).isEqualTo(200);
        assertThat(bridge.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/javascript");
        assertThat(bridge.body())
                .contains("getBrandWCPayRequest", "'http://127.0.0.1:" + port + "'")
                .doesNotContain("%SANDBOX%");
        assertThat(page("/wallet/bridge-result.js").statusCode()).isEqualTo(200);
    }

    @Test
    void a_qr_orders_number_is_not_for_the_wallet_call() {
        institution.place(Institution.order(number(), notifyUrl()));

        assertThat(payInWallet(institution.walletCall("wx20261124120000nobodyplacedthis")))
                .isEqualTo(404);
    }

    private String prepay(Map<String, Object> order) {
        return institution
                .post("/v3/global/transactions/jsapi", order)
                .path("prepay_id")
                .stringValue();
    }

    private void assertRefused(Map<String, Object> order, String code) {
        assertThatThrownBy(() -> prepay(order))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(code));
    }

    private int payInWallet(Map<String, String> parameters) {
        var body = new LinkedHashMap<String, Object>();
        body.put("parameters", parameters);
        return control.post()
                .uri("/control/wechat/wallet/pay")
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonMapper.shared().writeValueAsString(body))
                .exchange((_, response) -> response.getStatusCode().value());
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry ->
                        entry.getKey()
                                + "="
                                + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> page(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept-Language", "en")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
