package io.ferrypay.local.demo;

import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Web.Caller;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A day at a vendor's point of sale: paired, a sale by one code for all wallets, money back under a
 * cashier's PIN, and the sums. The shopper's WeChat is the sandbox's.
 */
public final class TerminalDemo {

    private static final String PIN = "2468";
    private static final String WECHAT =
            "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50";
    private static final int MOST_WAITS = 4;

    private final String platformUrl;
    private final String sandboxUrl;
    private final Caller shop;
    private final Caller phone = new Caller.Browser(WECHAT);
    private final Caller sandbox = new Caller.Nobody();
    private final PrintStream out;
    private final Web web = new Web();
    private final long begun = System.nanoTime();

    public TerminalDemo(String platformUrl, String sandboxUrl, String apiKey, PrintStream out) {
        this.platformUrl = platformUrl;
        this.sandboxUrl = sandboxUrl;
        this.shop = new Caller.Shop(apiKey);
        this.out = out;
    }

    /** Throws a {@link Refusal} that says what did not go as it should. */
    public void run() {
        var store =
                shop(
                                "/v2/stores",
                                Map.of(
                                        "name",
                                        "Wynyard Quarter",
                                        "address",
                                        "3 Jellicoe Street, Auckland",
                                        "time_zone",
                                        "Pacific/Auckland"))
                        .path("id")
                        .asString();
        var cashier =
                shop("/v2/cashiers", Map.of("store", store, "name", "Mei", "pin", PIN))
                        .path("id")
                        .asString();
        var made = shop("/v2/devices", Map.of("store", store, "name", "Terminal 1"));
        told("shop makes a terminal, pairing code " + made.path("pairing_code").asString());
        var terminal = Terminal.pair(platformUrl, made.path("pairing_code").asString(), web);
        told("terminal is paired, key " + terminal.keyId());
        var session =
                terminal.post(
                        "/v2/spotpay/sessions", Map.of("amount", "35.50", "currency", "NZD"), null);
        var id = session.path("id").asString();
        var code = session.path("qr").path("content").asString();
        told(
                "terminal shows a code for 35.50 NZD, about "
                        + session.path("payer_amount").asString()
                        + " CNY");
        payInsideWechat(code);
        told("shopper scans it with WeChat, and pays");
        var paid = awaitPaid(terminal, id);
        told("terminal hears that it is paid by " + paid.path("paid_by").asString());
        var proof =
                terminal.post(
                                "/v2/spotpay/cashiers:sign_in",
                                Map.of("cashier", cashier, "pin", PIN),
                                null)
                        .path("proof")
                        .asString();
        terminal.post("/v2/spotpay/sessions/" + id + "/refunds", Map.of("amount", "5.50"), proof);
        told("cashier gives the PIN, and 5.50 NZD back");
        var total = terminal.get("/v2/spotpay/report").path("total");
        told(
                "report: %s NZD in %s sale, %s NZD back, %s NZD net"
                        .formatted(
                                total.path("sales_amount").asString(),
                                total.path("sales").asString(),
                                total.path("refunds_amount").asString(),
                                total.path("net_amount").asString()));
        if (!total.path("net_amount").asString().equals("30.00")) {
            throw new Refusal("The report does not add up.");
        }
        web.call(
                shop,
                "POST",
                platformUrl + "/v2/devices/" + made.path("id").asString() + ":revoke",
                Map.of());
        told("shop revokes the terminal");
        try {
            terminal.get("/v2/spotpay/sessions");
        } catch (Refusal refused) {
            told("its next request is refused");
            return;
        }
        throw new Refusal("The revoked terminal was let in.");
    }

    private JsonNode shop(String path, Map<String, ?> body) {
        return web.call(shop, "POST", platformUrl + path, body);
    }

    /** What the page behind the code does inside WeChat. */
    private void payInsideWechat(String code) {
        web.open(phone, code);
        var token = code.substring(code.lastIndexOf('/') + 1);
        var opened =
                web.call(
                        phone,
                        "POST",
                        platformUrl + "/dynamic-codes/" + token + ":open",
                        Map.of("phone", "a-phone-of-the-terminal-demo"));
        var link = opened.path("link").asString("");
        var nonce = link.substring(link.lastIndexOf('/') + 1);
        var checkout = platformUrl + "/checkout/" + nonce;
        var view = web.call(phone, "POST", checkout + "/attempts", Map.of("method", "wechat"));
        web.open(phone, view.path("identify_url").asString());
        var parameters =
                web.call(phone, "GET", checkout, null)
                        .path("attempt")
                        .path("wallet_call")
                        .path("parameters");
        web.call(
                sandbox,
                "POST",
                sandboxUrl + "/control/wechat/wallet/pay",
                Map.of("parameters", parameters));
    }

    private static JsonNode awaitPaid(Terminal terminal, String id) {
        @Nullable JsonNode session = null;
        for (var i = 0; i < MOST_WAITS; i++) {
            session = terminal.get("/v2/spotpay/sessions/" + id + "?wait=20");
            if (session.path("status").asString().equals("paid")) {
                return session;
            }
        }
        throw new Refusal("The sale did not become paid: " + session);
    }

    private void told(String what) {
        out.printf(Locale.ROOT, "%8.1f ms  %s%n", (System.nanoTime() - begun) / 1e6, what);
    }
}
