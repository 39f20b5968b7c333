package io.ferrypay.notify.wechatmessage;

import io.ferrypay.notify.wechatmessage.KeepBindings.Owner;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was sent to a merchant's people, and what came of it. */
@Service
public class FindMessages {

    private final JdbcClient jdbc;

    FindMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param status {@code pending}, {@code sent}, {@code dropped} (the person can't or need not be
     *     told any more) or {@code dead} (given up)
     * @param arrival what WeChat says became of a message that was sent: {@code delivered}, {@code
     *     refused} by the person, or {@code failed}; null while it has said nothing
     * @param subject the payment or refund it is about
     * @param lastError WeChat's {@code errcode_…}, or a word of ours
     */
    @Schema(name = "WechatMessage")
    public record Message(
            String id,
            String binding,
            String event,
            String type,
            String subject,
            @Schema(allowableValues = {"pending", "sent", "dropped", "dead"}) String status,
            @Schema(
                            allowableValues = {"delivered", "refused", "failed"},
                            description =
                                    "What WeChat says became of it on the phone; null while it says"
                                            + " nothing.")
                    @Nullable String arrival,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant nextAttemptAt,
            Instant createdAt,
            @Nullable Instant finishedAt) {}

    /**
     * Newest first.
     *
     * @param binding empty for all
     */
    @Transactional(readOnly = true)
    public List<Message> list(Owner owner, String binding, @Nullable String before, int limit) {
        return jdbc.sql(
                        """
                        select m.*, a.arrival
                          from wechat_message m
                          join wechat_binding b on b.id = m.binding_id
                          left join wechat_arrival a on a.appid = m.appid and a.msgid = m.msgid
                                                    and a.openid_mark = b.openid_mark
                         where m.merchant_id = ? and m.livemode = ? and m.id < ? and (? = '' or m.binding_id = ?)
                         order by m.id desc limit ?
                        """)
                .params(
                        owner.merchantId(),
                        owner.livemode(),
                        before == null ? "wxm_~" : before,
                        binding,
                        binding,
                        limit)
                .query((row, _) -> {
                    var pending = row.getString("status").equals("pending");
                    var finished = row.getObject("finished_at", OffsetDateTime.class);
                    return new Message(
                            row.getString("id"),
                            row.getString("binding_id"),
                            row.getString("event_id"),
                            row.getString("type"),
                            row.getString("subject"),
                            row.getString("status"),
                            row.getString("arrival"),
                            row.getInt("attempts"),
                            row.getString("last_error"),
                            pending
                                    ? row.getObject("next_attempt_at", OffsetDateTime.class)
                                            .toInstant()
                                    : null,
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            finished == null ? null : finished.toInstant());
                })
                .list();
    }
}
