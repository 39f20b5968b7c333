package io.ferrypay.local.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay, as a shopper meets it.
 *
 * @param title as the company calls it
 * @param method as the pay page calls it
 * @param flow likewise
 * @param bank with {@code onlinebank}
 * @param browser what the shopper's browser calls itself
 * @param company who is paid at, in the sandbox
 */
record Way(
        String title,
        String method,
        String flow,
        @Nullable String bank,
        String browser,
        String company) {

    private static final String COMPUTER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/142.0.0.0 Safari/537.36";
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    private static final String INSIDE_WECHAT = PHONE + " MicroMessenger/8.0.54 NetType/WIFI";
    private static final String INSIDE_ALIPAY = PHONE + " AliApp(AP/10.6.80) AlipayClient/10.6.80";

    private static final List<String> BANKS =
            List.of(
                    "CMB", "CCB", "ICBC", "PAB", "CMBC", "CIB", "ABC", "GDB", "BOB", "PSBC", "HXB",
                    "BOCOM", "SPDB", "CEB", "BRCB", "CBHB", "CITIC", "BOC", "BOS");

    /** A person who does not exist, with a number whose last digit fits. */
    static final Map<String, String> PAYER =
            Map.of("name", "韩梅梅", "id_number", "11010519491231002X");

    /** Every one that the platform claims to have. */
    static List<Way> all() {
        var wallets =
                Stream.of(
                        wallet("WeChat Pay Native", "wechat", "qr", COMPUTER),
                        wallet("WeChat Pay JSAPI", "wechat", "in_wallet", INSIDE_WECHAT),
                        wallet("WeChat Pay H5", "wechat", "mobile", PHONE),
                        wallet("Alipay PC", "alipay", "desktop", COMPUTER),
                        wallet("Alipay WAP", "alipay", "mobile", PHONE),
                        wallet("Alipay QR", "alipay", "qr", COMPUTER),
                        wallet("Alipay in-wallet", "alipay", "in_wallet", INSIDE_ALIPAY),
                        wallet("JD Pay PC", "jdpay", "desktop", COMPUTER),
                        wallet("JD Pay H5", "jdpay", "mobile", PHONE),
                        wallet("JD Pay QR", "jdpay", "qr", COMPUTER));
        var banks =
                BANKS.stream()
                        .map(bank ->
                                new Way(
                                        "Payease",
                                        "onlinebank",
                                        "bank",
                                        bank,
                                        COMPUTER,
                                        "payease"));
        return Stream.concat(wallets, banks).toList();
    }

    private static Way wallet(String title, String method, String flow, String browser) {
        return new Way(title, method, flow, null, browser, method);
    }

    /** What the shopper says on the pay page. */
    Map<String, Object> choice() {
        return bank == null
                ? Map.of("method", method, "flow", flow)
                : Map.of("method", method, "flow", flow, "bank_code", bank, "payer", PAYER);
    }

    /** Which of the company's ways. */
    String through() {
        return bank == null ? flow : bank;
    }
}
