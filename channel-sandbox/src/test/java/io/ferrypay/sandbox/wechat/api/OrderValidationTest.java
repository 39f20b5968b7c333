package io.ferrypay.sandbox.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OrderValidationTest extends WireTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sp_mchid",
                "sub_mchid",
                "sp_appid",
                "description",
                "out_trade_no",
                "notify_url",
                "trade_type",
                "merchant_category_code"
            })
    void a_missing_field_is_named(String field) {
        var order = Institution.order(number(), notifyUrl());
        order.remove(field);

        assertThat(refused(order).path("field").stringValue()).isEqualTo("/" + field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "description; '\"honey 🍯\"'",
                "description; 12",
                "attach; '\"🐝\"'",
                "out_trade_no; '\"with space\"'",
                "out_trade_no; '\"123456789012345678901234567890123\"'",
                "trade_type; '\"JSAPI\"'",
                "merchant_category_code; '\"54\"'",
                "merchant_category_code; 5499",
                "notify_url; '\"http://shop.example/notify\"'",
                "notify_url; '\"https://shop.example/notify?order=1\"'",
                "notify_url; '\"https:///notify\"'",
                "notify_url; '\"not a url\"'",
                "notify_url; '\"http://localhost.shop.example/notify\"'",
                "time_expire; '\"2026-13-01T00:00:00+08:00\"'",
                "time_expire; '\"tomorrow\"'",
                "limit_pay; '\"no_debit\"'",
                "amount; 12",
                "sub_appid; 7",
            })
    void a_bad_value_is_named(String field, String json) {
        var order = Institution.order(number(), notifyUrl());
        order.put(field, JSON.readTree(json));

        assertThat(refused(order).path("field").stringValue()).isEqualTo("/" + field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "total; 0",
                "total; -1",
                "total; 1.5",
                "total; '\"12\"'",
                "total; 99999999999999999999",
                "currency; '\"XYZ\"'",
                "currency; '\"nzd\"'",
                "currency; '\"USD\"'",
                "currency; 554",
            })
    void a_bad_amount_is_named(String field, String json) {
        var order = Institution.order(number(), notifyUrl());
        var amount = new LinkedHashMap<String, Object>(Map.of("total", 1, "currency", "NZD"));
        amount.put(field, JSON.readTree(json));
        order.put("amount", amount);

        assertThat(refused(order).path("field").stringValue()).isEqualTo("/amount/" + field);
    }

    @Test
    void a_description_may_have_127_bytes_and_no_more() {
        var order = Institution.order(number(), notifyUrl());

        order.put("description", "蜜".repeat(42) + "x");
        assertThat(institution.place(order)).isNotEmpty();

        order.put("out_trade_no", number());
        order.put("description", "蜜".repeat(42) + "xy");
        assertThat(refused(order).path("field").stringValue()).isEqualTo("/description");
    }

    @Test
    void yuan_may_price_an_order_too() {
        var order = Institution.order(number(), notifyUrl());
        order.put("amount", Map.of("total", 1, "currency", "CNY"));

        assertThat(institution.place(order)).isNotEmpty();
    }

    @Test
    void a_public_https_url_is_good() {
        var order = Institution.order(number(), "https://pay.example.co.nz/wechat/notify/tx");

        assertThat(institution.place(order)).isNotEmpty();
    }

    @Test
    void exactly_one_mode_is_named() {
        var order = Institution.order(number(), notifyUrl());
        order.put("mchid", Institution.MCHID);
        assertThat(error(order).getErrorCode()).isEqualTo("PARAM_ERROR");

        order.remove("sp_mchid");
        order.remove("sub_mchid");
        assertThat(error(order).getErrorCode()).isEqualTo("NO_AUTH");
    }

    @Test
    void only_its_own_shops_and_apps_may_be_named() {
        var order = Institution.order(number(), notifyUrl());

        order.put("sub_mchid", "1900000999");
        assertThat(error(order).getHttpStatusCode()).isEqualTo(403);
        assertThat(error(order).getErrorCode()).isEqualTo("NO_AUTH");

        order.put("sub_mchid", Institution.SHOP);
        order.put("sp_mchid", "1900000999");
        assertThat(error(order).getErrorCode()).isEqualTo("NO_AUTH");

        order.put("sp_mchid", Institution.MCHID);
        order.put("sp_appid", "wx0000000000000000");
        assertThat(error(order).getErrorCode()).isEqualTo("APPID_MCHID_NOT_MATCH");

        order.put("sp_appid", "wx8888888888888888");
        order.put("sub_appid", "wx0000000000000000");
        assertThat(error(order).getErrorCode()).isEqualTo("APPID_MCHID_NOT_MATCH");
    }

    private JsonNode refused(Map<String, Object> order) {
        var error = error(order);
        assertThat(error.getHttpStatusCode()).isEqualTo(400);
        assertThat(error.getErrorCode()).isEqualTo("PARAM_ERROR");
        var detail = JSON.readTree(error.getResponseBody()).path("detail");
        assertThat(detail.path("location").stringValue()).isEqualTo("body");
        return detail;
    }

    private ServiceException error(Map<String, Object> order) {
        return catchThrowableOfType(ServiceException.class, () -> institution.place(order));
    }
}
