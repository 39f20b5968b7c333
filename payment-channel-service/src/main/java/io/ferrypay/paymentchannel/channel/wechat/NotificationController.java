package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.wechat.ReceiveNotification.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where WeChat posts results. Its answers are in WeChat's words, not in problem details; a body is
 * taken as bytes because its signature covers bytes.
 */
@RestController
class NotificationController {

    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(NotificationController.class);

    private final ReceiveNotification notifications;

    NotificationController(ReceiveNotification notifications) {
        this.notifications = notifications;
    }

    @PostMapping("/channels/wechat/notifications/{account}")
    ResponseEntity<String> receive(@PathVariable String account, HttpServletRequest request) {
        Answer answer;
        try {
            var headers = NotificationHeaders.of(headers(request));
            var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
            answer =
                    body.length > MAX_BODY_BYTES
                            ? notifications.receiveTooLarge(account, headers, body)
                            : notifications.receive(account, headers, body);
        } catch (IOException | RuntimeException e) {
            log.error("A WeChat Pay notification could not be taken in", e);
            return fail(HttpStatus.INTERNAL_SERVER_ERROR.value(), "internal_error");
        }
        return switch (answer) {
            case Answer.Accepted _, Answer.AcceptedBefore _ ->
                    json(200, "{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
            case Answer.Refused(var reason) -> fail(reason.status(), reason.code());
            case Answer.NoSuchAccount _ -> fail(404, "no_such_account");
        };
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        return headers;
    }

    private static ResponseEntity<String> fail(int status, String message) {
        return json(status, "{\"code\":\"FAIL\",\"message\":\"" + message + "\"}");
    }

    private static ResponseEntity<String> json(int status, String body) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
