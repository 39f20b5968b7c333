package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.WechatProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where notifications may go: https without a query, or plain http nearby if allowed. */
@Component
class NotifyUrls {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean allowLocal;

    NotifyUrls(WechatProperties properties) {
        this.allowLocal = properties.allowLocalNotifyUrl();
    }

    String require(Fields fields) {
        return check(fields, fields.text("notify_url", 256));
    }

    /** Null where none was given. */
    @Nullable String optional(Fields fields) {
        var text = fields.optionalText("notify_url", 256);
        return text == null ? null : check(fields, text);
    }

    private String check(Fields fields, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw fields.bad("notify_url", "is not a URL");
        }
        if (url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw fields.bad("notify_url", "must be an absolute URL without query or fragment");
        }
        boolean local = allowLocal && "http".equals(url.getScheme()) && isNear(url.getHost());
        if (!local && !"https".equals(url.getScheme())) {
            throw fields.bad("notify_url", "must be https");
        }
        return text;
    }

    /** This machine, or a name without a dot, which only a private network knows. */
    private static boolean isNear(String host) {
        return THIS_MACHINE.contains(host) || host.matches("[a-z][a-z0-9-]*");
    }
}
