package io.ferrypay.notify.wechatmessage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a merchant's people and what they want to hear of on WeChat. Who it is at WeChat stays in
 * the database.
 *
 * @param label the merchant's name for them, such as "Counter 1"
 * @param status {@code waiting} for the code to be scanned, {@code bound}, or {@code ended}
 * @param endedReason why, such as {@code unfollowed}; null while it has not ended
 * @param codeEndsAt until when the code can be scanned
 */
public record Binding(
        String id,
        String label,
        List<String> eventTypes,
        String status,
        @Nullable String endedReason,
        Instant codeEndsAt,
        Instant createdAt,
        @Nullable Instant boundAt,
        @Nullable Instant endedAt) {

    static final String COLUMNS =
            "id, label, event_types, status, ended_reason, code_ends_at, created_at, bound_at, ended_at";

    static Binding read(ResultSet row, int number) throws SQLException {
        return new Binding(
                row.getString("id"),
                row.getString("label"),
                List.of((String[]) row.getArray("event_types").getArray()),
                row.getString("status"),
                row.getString("ended_reason"),
                row.getObject("code_ends_at", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "bound_at"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
