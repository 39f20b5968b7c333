package io.ferrypay.notify.wechatmessage.web;

import io.ferrypay.notify.wechatmessage.TakeArrivals;
import io.ferrypay.notify.wechatmessage.TakeArrivals.Proof;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /wechat/events/{appid}}: the address that an official account's console is given for its
 * messages, in plain mode. WeChat repeats what is not answered within five seconds, three times.
 */
@Hidden
@RestController
@RequestMapping("/wechat/events/{appid:[A-Za-z0-9_-]{1,64}}")
class WechatEventController {

    private static final Pattern ECHO = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final TakeArrivals arrivals;

    WechatEventController(TakeArrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** WeChat asks once whether we know the token, when somebody types the address in. */
    @GetMapping
    ResponseEntity<String> prove(
            @PathVariable String appid,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "") String timestamp,
            @RequestParam(defaultValue = "") String nonce,
            @RequestParam(defaultValue = "") String echostr) {
        return arrivals.isGenuine(appid, new Proof(signature, timestamp, nonce))
                        && ECHO.matcher(echostr).matches()
                ? text(HttpStatus.OK, echostr)
                : text(HttpStatus.FORBIDDEN, "");
    }

    @PostMapping(consumes = MediaType.ALL_VALUE)
    ResponseEntity<String> take(
            @PathVariable String appid,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "") String timestamp,
            @RequestParam(defaultValue = "") String nonce,
            @RequestBody(required = false) byte[] body) {
        if (!arrivals.isGenuine(appid, new Proof(signature, timestamp, nonce))) {
            return text(HttpStatus.FORBIDDEN, "");
        }
        return arrivals.take(appid, body == null ? new byte[0] : body)
                ? text(HttpStatus.OK, "success")
                : text(HttpStatus.BAD_REQUEST, "");
    }

    private static ResponseEntity<String> text(HttpStatus status, String text) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text);
    }
}
