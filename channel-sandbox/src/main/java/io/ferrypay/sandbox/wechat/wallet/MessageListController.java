package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.officialaccount.TemplateMessages;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The official account's chat: what it wrote to the test person, newest first. */
@RestController
class MessageListController {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final int MOST_SHOWN = 50;

    private final TemplateMessages messages;

    MessageListController(TemplateMessages messages) {
        this.messages = messages;
    }

    @GetMapping("/wallet/wechat/messages")
    ResponseEntity<String> list() {
        var shown = messages.received().stream().limit(MOST_SHOWN).toList();
        var list =
                shown.isEmpty()
                        ? "<p class=\"notice\">还没有消息 · <span lang=\"en\">No messages yet</span></p>"
                        : shown.stream()
                                .map(MessageListController::item)
                                .collect(Collectors.joining("\n"));
        return WalletHtml.answer(
                HttpStatus.OK,
                """
                <!doctype html>
                <html lang="zh-CN"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>服务通知</title><link rel="stylesheet" href="/wallet/wallet.css"></head>
                <body><main><h1>服务通知 · <span lang="en">Service messages</span></h1>
                %s
                </main></body></html>
                """
                        .formatted(list));
    }

    private static String item(TemplateMessages.Received message) {
        var lines =
                new TreeMap<>(message.data())
                        .entrySet().stream()
                                .map(field ->
                                        "<dt>%s</dt><dd>%s</dd>"
                                                .formatted(
                                                        escape(field.getKey()),
                                                        escape(field.getValue())))
                                .collect(Collectors.joining());
        return "<article><h2>%s</h2><dl>%s</dl></article>"
                .formatted(escape(TIME.format(message.at())), lines);
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
