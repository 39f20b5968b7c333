package io.ferrypay.paymentchannel.channel.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The notifications we got, kept for deduplication and inspection. An accepted one is accepted once
 * per account and the channel's id; refused ones may be repeated.
 */
final class NotificationLog {

    /** Genuine notifications are smaller than this; of others the beginning is enough. */
    private static final int KEPT_BODY_BYTES = 16 * 1024;

    private static final String INSERT =
            """
            insert into channel_notification (channel, account_id, notification_id, received_at, verdict, reason,
                                              verified, order_number, serial, headers, body)
            values (:channel, :account, :notification, :receivedAt, :verdict, :reason,
                    :verified, :order, :serial, :headers, :body)
            """;

    private final JdbcClient jdbc;

    NotificationLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The running transaction may take 4 seconds, because the least patient channel (WeChat) waits
     * 5 for an answer. The server watches over that: a limit the driver keeps costs it an alarm set
     * and one taken back per statement.
     */
    void hurry() {
        jdbc.sql("select set_config('transaction_timeout', '4s', true)")
                .query(String.class)
                .single();
    }

    /**
     * Claims a notification for the running transaction; a parallel claim of the same one waits for
     * that transaction's end.
     *
     * @return false when it was accepted before
     */
    boolean claim(ReceivedNotification received, String notificationId, String orderNumber) {
        return insert(
                        INSERT
                                + """
                                on conflict (account_id, notification_id) where verdict = 'accepted' do nothing
                                """,
                        received,
                        "accepted",
                        null,
                        true,
                        notificationId,
                        orderNumber)
                == 1;
    }

    /** Turns a claim of the running transaction into a refusal. */
    void refuseClaim(ReceivedNotification received, String notificationId, String reason) {
        jdbc.sql(
                        """
                        update channel_notification set verdict = 'refused', reason = :reason
                        where account_id = :account and notification_id = :notification and verdict = 'accepted'
                        """)
                .param("reason", reason)
                .param("account", received.accountId())
                .param("notification", notificationId)
                .update();
    }

    void keepRefused(
            ReceivedNotification received,
            String reason,
            boolean verified,
            @Nullable String notificationId,
            @Nullable String orderNumber) {
        insert(INSERT, received, "refused", reason, verified, notificationId, orderNumber);
    }

    /**
     * Deletes at most {@code batch} notifications received before then, oldest first.
     *
     * @return how many
     */
    int purge(Instant before, int batch) {
        // The oldest have the lowest ids, so no index on the time is needed.
        return jdbc.sql(
                        """
                        delete from channel_notification
                        where id in (select id from channel_notification order by id limit :batch)
                          and received_at < :before
                        """)
                .param("batch", batch)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Deletes at most {@code batch} refused notifications that prove nothing, beyond the newest
     * {@code kept}: junk must not push out what a channel has signed.
     *
     * @return how many
     */
    int trimRefused(int kept, int batch) {
        return jdbc.sql(
                        """
                        delete from channel_notification
                        where id in (select id from channel_notification where verdict = 'refused' and not verified
                                     order by id desc offset :kept limit :batch)
                        """)
                .param("kept", kept)
                .param("batch", batch)
                .update();
    }

    private int insert(
            String sql,
            ReceivedNotification received,
            String verdict,
            @Nullable String reason,
            boolean verified,
            @Nullable String notificationId,
            @Nullable String orderNumber) {
        return jdbc.sql(sql)
                .param("channel", received.channel().wireName())
                .param("account", received.accountId())
                .param("notification", storable(notificationId))
                .param("receivedAt", received.at().atOffset(ZoneOffset.UTC))
                .param("verdict", verdict)
                .param("reason", reason)
                .param("verified", verified)
                .param("order", storable(orderNumber))
                .param("serial", storable(received.serial()))
                .param("headers", received.headers().replace("\0", ""))
                .param("body", beginning(received.body()))
                .update();
    }

    /** Bounded, and without the one character PostgreSQL's text cannot hold. */
    private static @Nullable String storable(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var clean = text.replace("\0", "");
        return clean.length() <= 128 ? clean : clean.substring(0, 128);
    }

    private static byte[] beginning(byte[] body) {
        return body.length <= KEPT_BODY_BYTES ? body : Arrays.copyOf(body, KEPT_BODY_BYTES);
    }
}
