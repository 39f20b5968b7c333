package io.ferrypay.notify.wechatmessage.web;

import io.ferrypay.notify.wechatmessage.BindPerson;
import io.ferrypay.notify.wechatmessage.BindPerson.Begun;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the phone that scans a bind code sees: on its way to WeChat, and when it comes back. */
@RestController
class BindPageController {

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String WECHAT = "MicroMessenger/";

    private final BindPerson bind;

    BindPageController(BindPerson bind) {
        this.bind = bind;
    }

    private enum Words {
        BOUND(
                "已绑定",
                "以后会在微信里收到通知。可以关闭此页。",
                "You will hear of payments here in WeChat. You may close this page."),
        NO_SUCH_CODE(
                "二维码已失效",
                "请让管理员生成新的二维码。",
                "This code has been used or is too old. Ask for a new one."),
        NOT_WECHAT("请用微信扫码", "请在微信里打开此页。", "Please scan this code with WeChat."),
        NOT_IDENTIFIED("无法确认身份", "请再扫一次。", "WeChat could not say who you are. Please scan again."),
        NO_ANSWER("微信没有响应", "请稍后再扫一次。", "WeChat did not answer. Please scan again in a moment.");

        private final String title;
        private final String chinese;
        private final String english;

        Words(String title, String chinese, String english) {
            this.title = title;
            this.chinese = chinese;
            this.english = english;
        }
    }

    @GetMapping("/wechat/bind/{code}")
    ResponseEntity<String> begin(
            @PathVariable String code,
            @RequestHeader(name = HttpHeaders.USER_AGENT, defaultValue = "") String userAgent) {
        return switch (bind.begin(code, userAgent.contains(WECHAT))) {
            case Begun.AskWechat(var url) ->
                    ResponseEntity.status(HttpStatus.FOUND).location(url).build();
            case Begun.NotWechat() -> page(Words.NOT_WECHAT);
            case Begun.NoSuchCode() -> page(Words.NO_SUCH_CODE);
        };
    }

    @GetMapping("/wechat/bound")
    ResponseEntity<String> finish(
            @RequestParam(name = "state", defaultValue = "") String code,
            @RequestParam(name = "code", defaultValue = "") String oauthCode) {
        return page(
                switch (bind.finish(code, oauthCode)) {
                    case BOUND -> Words.BOUND;
                    case NO_SUCH_CODE -> Words.NO_SUCH_CODE;
                    case NOT_IDENTIFIED -> Words.NOT_IDENTIFIED;
                    case NO_ANSWER -> Words.NO_ANSWER;
                });
    }

    /** A page for a person: it says what is wrong in words, so it is an answer like any other. */
    private static ResponseEntity<String> page(Words words) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .body(
                        """
                        <!doctype html>
                        <html lang="zh-CN">
                          <head>
                            <meta charset="utf-8">
                            <meta name="viewport" content="width=device-width, initial-scale=1">
                            <meta name="robots" content="noindex">
                            <title>%1$s · FerryPay</title>
                            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
                            <link rel="stylesheet" href="/assets/plain-page.css">
                          </head>
                          <body class="%2$s">
                            <main>
                              <h1>%1$s</h1>
                              <p>%3$s</p>
                              <p lang="en">%4$s</p>
                            </main>
                          </body>
                        </html>
                        """
                                .formatted(
                                        words.title,
                                        words == Words.BOUND ? "good" : "bad",
                                        words.chinese,
                                        words.english));
    }
}
