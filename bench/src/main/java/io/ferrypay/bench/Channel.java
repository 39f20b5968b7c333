package io.ferrypay.bench;

import java.util.Map;

/** How a channel is paid by here: by a code where it has one, else at a bank. */
enum Channel {
    wechat("WeChat Pay Native", "/v3/"),
    alipay("Alipay code", "/alipay/"),
    jdpay("JD Pay code", "/jdpay/"),
    payease("Payease bank", "/payease/");

    static final String BANK = "ICBC";

    /** A person who does not exist, with a number whose last digit fits. */
    private static final Map<String, String> PAYER =
            Map.of("name", "韩梅梅", "id_number", "11010519491231002X");

    private final String title;
    private final String path;

    Channel(String title, String path) {
        this.title = title;
        this.path = path;
    }

    String title() {
        return title;
    }

    /** In the sandbox's control addresses. */
    String company() {
        return name();
    }

    /** How its account is called on a platform of one machine. */
    String account() {
        return name() + "-test";
    }

    /** Where the pretended company's own addresses begin. */
    String path() {
        return path;
    }

    /** What the shopper says on the pay page. */
    Map<String, Object> choice() {
        return this == payease
                ? Map.of("method", "onlinebank", "flow", "bank", "bank_code", BANK, "payer", PAYER)
                : Map.of("method", name(), "flow", "qr");
    }
}
