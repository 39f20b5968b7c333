package io.ferrypay.notify.wechatmessage;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whoever adds to a merchant's bindings waits for the one before, until that transaction has ended,
 * and so sees what it did.
 */
final class OneAtATime {

    private OneAtATime() {}

    static void of(JdbcClient jdbc, KeepBindings.Owner owner) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("wechat_binding " + owner)
                .query((_, _) -> true)
                .single();
    }
}
