package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.PublicAddress;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Stands in for what WeChat's own browser has built in: {@code /wechat/bridge.js} defines {@code
 * WeixinJSBridge}, which opens the wallet here.
 */
@RestController
class BridgeController {

    private static final MediaType SCRIPT =
            new MediaType("text", "javascript", StandardCharsets.UTF_8);

    private final PayRequests payRequests;
    private final WalletPage page;
    private final WechatProperties properties;
    private final String script;

    BridgeController(PayRequests payRequests, WalletPage page, WechatProperties properties) {
        this.payRequests = payRequests;
        this.page = page;
        this.properties = properties;
        try {
            this.script =
                    new ClassPathResource("wechat/bridge.js")
                            .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping("/wechat/bridge.js")
    ResponseEntity<String> bridge(HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(SCRIPT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(script.replace("%SANDBOX%", PublicAddress.of(properties, request).base()));
    }

    @GetMapping("/wechat/pay-request")
    ResponseEntity<String> payRequest(
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        var words = WalletWords.choose(null, acceptLanguage);
        try {
            var order = payRequests.verified(parameters);
            var visit = new Visit(words, order.ticket(), null, true);
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create(visit.address(null)))
                    .build();
        } catch (IllegalArgumentException e) {
            return WalletHtml.answer(
                    HttpStatus.BAD_REQUEST,
                    page.nothing(new Visit(words, "", null, true), "forged"));
        } catch (OrderRefused e) {
            return WalletHtml.answer(
                    HttpStatus.GONE, page.nothing(new Visit(words, "", null, true), "expired"));
        }
    }
}
