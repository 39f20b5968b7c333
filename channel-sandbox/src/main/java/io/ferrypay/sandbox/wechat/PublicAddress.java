package io.ferrypay.sandbox.wechat;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where browsers reach this sandbox. */
public record PublicAddress(String base) {

    /** As configured, or else where this request was sent. */
    public static PublicAddress of(WechatProperties properties, HttpServletRequest request) {
        var configured = properties.publicUrl();
        if (configured != null && !configured.isBlank()) {
            return new PublicAddress(configured.replaceAll("/+$", ""));
        }
        return new PublicAddress(
                "%s://%s:%d"
                        .formatted(
                                request.getScheme(),
                                request.getServerName(),
                                request.getServerPort()));
    }

    /** The page a phone's browser opens to call WeChat up; its path is the real one's. */
    public String mwebUrl(String prepayId) {
        return base
                + "/cgi-bin/mmpayweb-bin/checkmweb?prepay_id="
                + URLEncoder.encode(prepayId, StandardCharsets.UTF_8)
                + "&package="
                + Integer.toUnsignedString(prepayId.hashCode());
    }
}
