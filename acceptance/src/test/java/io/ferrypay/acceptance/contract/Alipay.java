package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import java.math.BigDecimal;
import java.util.Map;

/** Alipay: mostly its page for computers, and codes where something has to be called or closed. */
final class Alipay extends Company {

    Alipay(RunningPlatform platform) {
        super(platform);
    }

    @Override
    String title() {
        return "Alipay";
    }

    @Override
    String code() {
        return "alipay";
    }

    @Override
    Map<Gap, String> gaps() {
        return Map.of(
                Gap.FINAL_DECLINE,
                "knows no failed orders: the payer may try again until the order lapses.",
                Gap.TIME_IN_NOTICES,
                "no time in notifications is checked; Alipay can be asked whether it sent one.");
    }

    @Override
    Map<String, Object> choice() {
        return Map.of("method", "alipay", "flow", "desktop");
    }

    @Override
    Map<String, Object> choiceByCall() {
        return Map.of("method", "alipay", "flow", "qr");
    }

    @Override
    Map<String, Object> choiceThatCloses() {
        return choiceByCall();
    }

    @Override
    String toldIn() {
        return "NZD";
    }

    private static boolean isCode(Order order) {
        return "qr".equals(order.choice().get("flow"));
    }

    private static String address(Order order) {
        return order.attempt().path("redirect").path("url").asString();
    }

    @Override
    void visit(Order order) {
        if (isCode(order)) {
            control("POST", "/orders/" + order.number() + "/decline", null);
        } else {
            platform.browse(address(order), Map.of());
        }
    }

    @Override
    void pay(Order order) {
        if (isCode(order)) {
            control("POST", "/codes/pay", Map.of("code_url", order.qr()));
        } else {
            control("POST", "/browser/pay", Map.of("url", address(order)));
        }
    }

    @Override
    int payAndComeBack(Order order) {
        var paid = control("POST", "/browser/pay", Map.of("url", address(order)));
        return platform.browse(paid.path("return_url").asString(), Map.of());
    }

    @Override
    void goWrong(Order order) {
        var answer =
                platform.sandbox(
                        "POST", "/control/alipay/browser/pay", Map.of("url", address(order)));
        assertThat(answer.status()).isBetween(400, 499);
    }

    @Override
    BigDecimal told(Order order) {
        return new BigDecimal(orderAtCompany(order.number()).body().path("amount").asString());
    }

    @Override
    BigDecimal givenBack(Order order) {
        return new BigDecimal(orderAtCompany(order.number()).body().path("refunded").asString());
    }

    @Override
    String call(Call call, Order order) {
        return switch (call) {
            case PLACE -> "precreate";
            case QUERY -> isCode(order) ? "overseas_query" : "query";
            case CLOSE -> "close";
            case REFUND -> isCode(order) ? "spot_refund" : "refund";
        };
    }

    @Override
    String wrongMerchantFault() {
        return "wrong_merchant";
    }

    @Override
    String wrongMerchantReason() {
        return "wrong_partner";
    }

    @Override
    void refuseRefunds(Order order) {
        faults(order, Map.of("refunds", "refuse"));
    }
}
