package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.TradeType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where an {@code mweb_url} leads. The real page calls the WeChat app up and sends the browser back
 * to {@code redirect_url}; here the wallet opens in the same browser and has a link back.
 */
@RestController
class MwebController {

    private static final String INSIDE_WECHAT = "micromessenger";

    private final Orders orders;
    private final WalletPage page;
    private final WechatProperties properties;

    MwebController(Orders orders, WalletPage page, WechatProperties properties) {
        this.orders = orders;
        this.page = page;
        this.properties = properties;
    }

    @GetMapping("/cgi-bin/mmpayweb-bin/checkmweb")
    ResponseEntity<String> check(
            @RequestParam(name = "prepay_id", defaultValue = "") String prepayId,
            @RequestParam(name = "redirect_url", required = false) @Nullable String redirectUrl,
            @RequestHeader(name = HttpHeaders.USER_AGENT, defaultValue = "") String userAgent,
            @RequestHeader(name = HttpHeaders.REFERER, required = false) @Nullable String referer,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        var visit =
                new Visit(
                        WalletWords.choose(null, acceptLanguage),
                        prepayId,
                        Visit.page(redirectUrl),
                        false);
        if (userAgent.toLowerCase(Locale.ROOT).contains(INSIDE_WECHAT)) {
            return refused(visit, "inside");
        }
        if (!isRegistered(referer)) {
            return refused(visit, "referer");
        }
        var order = orders.findByTicket(prepayId);
        if (order == null || order.terms().tradeType() != TradeType.MWEB) {
            return WalletHtml.answer(HttpStatus.NOT_FOUND, page.nothing(visit, "unknown"));
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(visit.address(null)))
                .build();
    }

    private ResponseEntity<String> refused(Visit visit, String why) {
        return WalletHtml.answer(HttpStatus.FORBIDDEN, page.nothing(visit, why));
    }

    private boolean isRegistered(@Nullable String referer) {
        if (properties.h5Domains().isEmpty()) {
            return true;
        }
        try {
            var host = referer == null ? null : new URI(referer).getHost();
            return host != null && properties.h5Domains().contains(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
