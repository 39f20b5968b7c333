package io.ferrypay.sandbox.wechat.wallet;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Somebody looking at one order in the wallet.
 *
 * @param code of the QR code, or the prepay_id
 * @param back where a phone's browser goes afterwards: the shop's {@code redirect_url}
 * @param bridge whether a page's {@code WeixinJSBridge} opened the wallet and waits for word
 */
record Visit(WalletWords words, String code, @Nullable String back, boolean bridge) {

    /** A browser is sent to web pages only. */
    static @Nullable String page(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        try {
            var scheme = new URI(url).getScheme();
            return "https".equals(scheme) || "http".equals(scheme) ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    String address(@Nullable String lang) {
        return "/wallet/wechat?code="
                + encode(code)
                + (lang == null ? "" : "&lang=" + encode(lang))
                + (back == null ? "" : "&back=" + encode(back))
                + (bridge ? "&bridge=true" : "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
