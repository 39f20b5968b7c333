package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;
import java.math.BigDecimal;
import java.util.Map;

/** WeChat Pay: codes to scan, and one refund a minute of an order. */
final class Wechat extends Company {

    Wechat(RunningPlatform platform) {
        super(platform);
    }

    @Override
    String title() {
        return "WeChat Pay";
    }

    @Override
    String code() {
        return "wechat";
    }

    @Override
    Map<Gap, String> gaps() {
        return Map.of(
                Gap.LATE_MONEY,
                "what the shop was told is over has been closed, and nobody can pay it.",
                Gap.BROWSER_RETURN,
                "the browser comes back with nothing, to a page of ours.");
    }

    @Override
    Map<String, Object> choice() {
        return Map.of("method", "wechat", "flow", "qr");
    }

    @Override
    String toldIn() {
        return "NZD";
    }

    @Override
    void pay(Order order) {
        control("POST", "/codes/pay", Map.of("code_url", order.qr()));
    }

    @Override
    BigDecimal told(Order order) {
        return hundredths(
                orderAtCompany(order.number())
                        .body()
                        .path("transaction")
                        .path("amount")
                        .path("total")
                        .asLong());
    }

    @Override
    BigDecimal givenBack(Order order) {
        var minor = 0L;
        for (var number : refundNumbers(order)) {
            var refund = platform.sandbox("GET", "/control/wechat/refunds/" + number, null);
            if (refund.status() == 200
                    && refund.body().path("status").asString().equals("SUCCESS")) {
                minor += refund.body().path("amount").path("refund").asLong();
            }
        }
        return hundredths(minor);
    }

    @Override
    String call(Call call, Order order) {
        return switch (call) {
            case PLACE -> "native";
            case QUERY -> "query";
            case CLOSE -> "close";
            case REFUND -> "refund";
        };
    }

    @Override
    String wrongMerchantFault() {
        return "wrong_sub_mchid";
    }

    @Override
    String wrongMerchantReason() {
        return "wrong_merchant";
    }

    @Override
    void refuseRefunds(Order order) {
        faults(order, Map.of("refund", Map.of("outcome", "REFUNDCLOSE")));
    }
}
