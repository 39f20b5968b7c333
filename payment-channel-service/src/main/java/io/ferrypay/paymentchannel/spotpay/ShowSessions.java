package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.payment.OpenPaymentPage;
import io.ferrypay.paymentchannel.payment.PaymentChanges;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows a till its own sessions. */
@Component
class ShowSessions {

    static final int LAST = 20;

    private final Sessions sessions;
    private final OpenPaymentPage pages;
    private final PaymentChanges changes;
    private final CodeTokens tokens;
    private final Clock clock;

    ShowSessions(
            Sessions sessions,
            OpenPaymentPage pages,
            PaymentChanges changes,
            CodeTokens tokens,
            Clock clock) {
        this.sessions = sessions;
        this.pages = pages;
        this.changes = changes;
        this.tokens = tokens;
        this.clock = clock;
    }

    Optional<Session> find(DeviceCaller device, String id) {
        return sessions.find(device, id);
    }

    /** The last ones, newest first, without their codes. */
    List<SessionView> last(DeviceCaller device) {
        return sessions.newest(device, LAST).stream()
                .map(session -> SessionView.of(session, null, clock.instant()))
                .toList();
    }

    /** Refuses with 404 what the till does not have. */
    static Session orNotFound(Optional<Session> session) {
        return session.orElseThrow(
                () -> ApiException.of(CommonProblems.NOT_FOUND, "This till has no such session."));
    }

    SessionView view(Session session) {
        return SessionView.of(session, code(session), clock.instant());
    }

    /** What the till shows: our own address, or what the wallet that was named gave us. */
    private @Nullable String code(Session session) {
        if (session.shownBy() == ShownBy.SHOPPER) {
            return null;
        }
        if (session.wallet() == null) {
            return tokens.address(session.id());
        }
        return pages.openById(session.merchantId(), session.mode(), session.paymentId())
                .map(page -> page.attempt())
                .map(attempt -> attempt.offer())
                .map(offer -> offer instanceof Offer.ShowQr(var content) ? content : null)
                .orElse(null);
    }

    /**
     * Waits up to {@code patience} for a session that is not over to change; also its time running
     * out is a change. Not as long when too many wait already.
     */
    Optional<Session> onceChanged(DeviceCaller device, String id, Duration patience)
            throws InterruptedException {
        var session = sessions.find(device, id).orElse(null);
        if (session == null || session.status(clock.instant()).isOver()) {
            return Optional.ofNullable(session);
        }
        changes.awaitOnce(session.paymentId(), session.version(), untilItsEnd(session, patience));
        return sessions.find(device, id); // Also its time running out is a change.
    }

    private Duration untilItsEnd(Session session, Duration patience) {
        var left = Duration.between(clock.instant(), session.expiresAt());
        return left.isPositive() && left.compareTo(patience) < 0 ? left.plusMillis(1) : patience;
    }
}
