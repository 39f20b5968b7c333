package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.alipay.ReceiveAlipayNotification.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Alipay posts results: {@code success}, seven characters and nothing else, or it comes
 * again. The form is read here, in the account's charset, whatever its content type says.
 */
@RestController
class AlipayNotificationController {

    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(AlipayNotificationController.class);

    private final ReceiveAlipayNotification notifications;

    AlipayNotificationController(ReceiveAlipayNotification notifications) {
        this.notifications = notifications;
    }

    @PostMapping("/channels/alipay/notifications/{account}")
    ResponseEntity<String> receive(@PathVariable String account, HttpServletRequest request) {
        return receive(account, null, request);
    }

    @PostMapping("/channels/alipay/notifications/{account}/{subMerchantId}")
    ResponseEntity<String> receive(
            @PathVariable String account,
            @PathVariable @Nullable String subMerchantId,
            HttpServletRequest request) {
        Answer answer;
        try {
            var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
            answer =
                    notifications.receive(
                            account, subMerchantId, body.length > MAX_BODY_BYTES ? null : body);
        } catch (IOException | RuntimeException e) {
            log.error("An Alipay notification could not be taken in", e);
            return text(500, "fail");
        }
        return switch (answer) {
            case Answer.Success _ -> text(200, "success");
            case Answer.Refused(var reason) -> text(reason.status(), "fail");
            case Answer.NoSuchAccount _ -> text(404, "fail");
        };
    }

    private static ResponseEntity<String> text(int status, String body) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(body);
    }
}
