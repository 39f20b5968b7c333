package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.ReissueNonce;
import io.ferrypay.paymentchannel.payment.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets one phone at a time pay by a dynamic code: the one that scanned it first gets the payment's
 * link, and others see how it goes. Another phone may take over when the first has begun nothing
 * for a while, or its wallet has said no; the first one's link is worthless then.
 */
@Service
class OpenDynamicCode {

    /** Longer than it takes to open a wallet. */
    static final Duration BEGIN_WITHIN = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final ReissueNonce links;
    private final Clock clock;

    OpenDynamicCode(Sessions sessions, ReissueNonce links, Clock clock) {
        this.sessions = sessions;
        this.links = links;
        this.clock = clock;
    }

    /**
     * @param link of the payment's page, for the phone that may pay; null for others, and when
     *     there is nothing left to pay
     * @param takenByOther whether another phone may pay, and this one not
     */
    record Opened(Session session, @Nullable String link, boolean takenByOther) {

        @Override
        public String toString() {
            return "Opened[" + session.id() + "]";
        }
    }

    /**
     * Safe to repeat: the same phone is given the same link.
     *
     * @param phone the page's own random number
     */
    @Transactional
    public Optional<Opened> open(Sha256 token, String phone) {
        return sessions.lockByToken(token)
                .map(session ->
                        open(session, Sha256.of(phone.getBytes(StandardCharsets.US_ASCII))));
    }

    private Opened open(Session session, Sha256 phone) {
        var now = clock.instant();
        var status = session.status(now);
        var held = phone.hex().equals(session.holderHash());
        var canBePaid =
                session.wallet() == null
                        && (status == SessionStatus.FAILED
                                ? now.isBefore(session.expiresAt())
                                : !status.isOver() && status != SessionStatus.UNKNOWN);
        if (held) {
            // Also at the end: the page that paid shows how it ended.
            return new Opened(session, currentLink(session), false);
        }
        if (!canBePaid) {
            return new Opened(session, null, session.holderHash() != null);
        }
        if (!isFree(session, now)) {
            return new Opened(session, null, true);
        }
        sessions.hold(session.id(), phone, now);
        var link =
                links.reissue(session.merchantId(), session.mode(), session.paymentId())
                        .orElseThrow()
                        .redirectUrl();
        return new Opened(session, link, false);
    }

    private static boolean isFree(Session session, Instant now) {
        return session.holderSince() == null
                || session.paymentStatus() == PaymentStatus.FAILED
                || (!session.attempted()
                        && !now.isBefore(session.holderSince().plus(BEGIN_WITHIN)));
    }

    private String currentLink(Session session) {
        return links.currentLink(session.merchantId(), session.mode(), session.paymentId())
                .orElseThrow();
    }

    /** How it stands; opens nothing. */
    @Transactional(readOnly = true)
    public Optional<Session> look(Sha256 token) {
        return sessions.byToken(token);
    }
}
