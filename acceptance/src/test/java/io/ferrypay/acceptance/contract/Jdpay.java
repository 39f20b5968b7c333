package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** JD Pay: codes to scan, told in yuan. */
final class Jdpay extends Company {

    Jdpay(RunningPlatform platform) {
        super(platform);
    }

    @Override
    String title() {
        return "JD Pay";
    }

    @Override
    String code() {
        return "jdpay";
    }

    @Override
    Map<Gap, String> gaps() {
        return Map.of(
                Gap.LATE_MONEY,
                "what the shop was told is over has been revoked, and nobody can pay it.",
                Gap.TIME_IN_NOTICES,
                "there is no time in notifications, and an old one says what the first one said.");
    }

    @Override
    Map<String, Object> choice() {
        return Map.of("method", "jdpay", "flow", "qr");
    }

    @Override
    Map<String, Object> choiceInBrowser() {
        return Map.of("method", "jdpay", "flow", "desktop");
    }

    @Override
    String toldIn() {
        return "CNY";
    }

    @Override
    void pay(Order order) {
        control("POST", "/codes/pay", Map.of("code_url", order.qr()));
    }

    @Override
    int payAndComeBack(Order order) {
        var form = order.attempt().path("form");
        var back =
                control(
                        "POST",
                        "/browser/pay",
                        Map.of("action", form.path("action"), "fields", form.path("fields")));
        var fields = new HashMap<String, String>();
        back.path("return_fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        return platform.browse(back.path("return_url").asString(), fields);
    }

    @Override
    BigDecimal told(Order order) {
        return hundredths(orderAtCompany(order.number()).body().path("amount").asLong());
    }

    @Override
    BigDecimal givenBack(Order order) {
        return hundredths(
                orderAtCompany(order.number())
                        .body()
                        .path("refunds")
                        .valueStream()
                        .filter(refund -> refund.path("state").asString().equals("SUCCESS"))
                        .mapToLong(refund -> refund.path("amount").asLong())
                        .sum());
    }

    @Override
    List<String> statementLines(byte[] statement) throws IOException {
        var lines = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(statement))) {
            while (zip.getNextEntry() != null) {
                lines.addAll(
                        new String(zip.readAllBytes(), Charset.forName("GBK")).lines().toList());
            }
        }
        return lines;
    }

    @Override
    String call(Call call, Order order) {
        return switch (call) {
            case PLACE -> "uniorder";
            case QUERY -> "query";
            case CLOSE -> "revoke";
            case REFUND -> "refund";
        };
    }

    @Override
    String wrongMerchantFault() {
        return "wrong_merchant";
    }

    @Override
    String wrongMerchantReason() {
        return "wrong_merchant";
    }

    @Override
    void refuseRefunds(Order order) {
        faults(order, Map.of("hold_refunds", true));
    }

    @Override
    void refuse(String refundNumber) {
        control("POST", "/refunds/" + refundNumber + "/fail", null);
    }
}
