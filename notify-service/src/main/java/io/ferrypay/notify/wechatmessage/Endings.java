package io.ferrypay.notify.wechatmessage;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one way a binding ends: who it was is forgotten, and what waited for them is dropped. */
final class Endings {

    private Endings() {}

    /** Runs in the caller's transaction; whether it had not ended before. */
    static boolean end(JdbcClient jdbc, String bindingId, String reason, Instant now) {
        var ended =
                jdbc.sql(
                                "update wechat_binding set status = 'ended', ended_reason = ?, ended_at = ?, sealed_openid = null where id = ? and status <> 'ended'")
                        .params(reason, KeepBindings.utc(now), bindingId)
                        .update();
        jdbc.sql(
                        "update wechat_message set status = 'dropped', last_error = ?, finished_at = ?, leased_until = null where binding_id = ? and status = 'pending'")
                .params(reason, KeepBindings.utc(now), bindingId)
                .update();
        return ended > 0;
    }
}
