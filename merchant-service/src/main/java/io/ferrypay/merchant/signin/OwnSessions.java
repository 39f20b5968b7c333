package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.portal.PortalCaller;
import java.util.List;
import org.springframework.stereotype.Service;

/** What people see and end of their own sessions. */
@Service
public class OwnSessions {

    private final Sessions sessions;

    OwnSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The one used last comes first. */
    public List<Sessions.Seen> of(PortalCaller caller) {
        return sessions.of(caller.userId());
    }

    /** False when the person has no such session. */
    public boolean end(PortalCaller caller, String id) {
        return sessions.end(caller.userId(), id);
    }

    public void endOthers(PortalCaller caller) {
        sessions.endAllOf(caller.userId(), caller.sessionId());
    }
}
