package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import io.ferrypay.paymentchannel.channel.notification.ReceivedNotification;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where JD posts results. It knows two answers, {@code success} and everything else; the status is
 * for people. JD says nothing of a content type, so the body is taken as bytes whatever it is.
 */
@RestController
class JdpayNotificationController {

    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(JdpayNotificationController.class);

    private final JdpayAccounts accounts;
    private final NotificationInbox inbox;
    private final Clock clock;

    JdpayNotificationController(JdpayAccounts accounts, NotificationInbox inbox, Clock clock) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.clock = clock;
    }

    @PostMapping("/channels/jdpay/notifications/{account}")
    ResponseEntity<String> receive(@PathVariable String account, HttpServletRequest request) {
        var known = accounts.find(account).orElse(null);
        if (known == null) {
            return answer(404, "fail");
        }
        try {
            var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
            return take(known, body);
        } catch (IOException | RuntimeException e) {
            log.error("A JD Pay notification could not be taken in", e);
            return answer(500, "fail");
        }
    }

    private ResponseEntity<String> take(JdpayAccount account, byte[] body) {
        var now = clock.instant();
        var reading =
                body.length > MAX_BODY_BYTES
                        ? JdpayRefusal.TOO_LARGE.unproven()
                        : JdpayNotificationReader.read(account, body, now);
        var received =
                new ReceivedNotification(
                        ChannelCode.JDPAY, account.settings().id(), now, null, "", body);
        return switch (inbox.take(received, reading)) {
            case NotificationInbox.Answer.Accepted _, NotificationInbox.Answer.AcceptedBefore _ ->
                    answer(200, "success");
            case NotificationInbox.Answer.Refused(var reason) ->
                    refused(JdpayRefusal.ofCode(reason));
            case NotificationInbox.Answer.Mismatch _ -> refused(JdpayRefusal.MISMATCH);
            case NotificationInbox.Answer.UnknownOrder _ -> refused(JdpayRefusal.UNKNOWN_ORDER);
        };
    }

    private static ResponseEntity<String> refused(JdpayRefusal reason) {
        return answer(reason.status(), reason.parked() ? "success" : "fail");
    }

    private static ResponseEntity<String> answer(int status, String word) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(word);
    }
}
