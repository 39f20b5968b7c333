package io.ferrypay.notify.wechatmessage;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Invites a merchant's people to hear of payments on WeChat, and ends that again. */
@Service
public class KeepBindings {

    /** What can be heard of. */
    public static final Set<String> EVENT_TYPES =
            Set.of(
                    "payment.paid",
                    "payment.paid_late",
                    "refund.succeeded",
                    "refund.failed",
                    "static_code.unusual_use");

    static final int MOST_BINDINGS = 50;

    private static final int CODE_BYTES = 32;

    private final JdbcClient jdbc;
    private final OfficialAccounts accounts;
    private final WechatMessageSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KeepBindings(
            JdbcClient jdbc,
            OfficialAccounts accounts,
            WechatMessageSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose people they are. */
    public record Owner(String merchantId, boolean livemode) {}

    /**
     * A binding and the address to be scanned with WeChat, which is shown only here: whoever opens
     * it there first is bound.
     */
    public record Invited(Binding binding, URI bindUrl) {}

    /**
     * @throws ApiException {@code wechat_messages_not_offered}, {@code too_many_bindings}
     */
    @Transactional
    public Invited invite(Owner owner, String label, List<String> eventTypes) {
        var account =
                accounts.of(owner.livemode())
                        .orElseThrow(() -> ApiException.of(WechatMessageProblems.NOT_OFFERED));
        OneAtATime.of(jdbc, owner);
        if (standing(owner) >= MOST_BINDINGS) {
            throw ApiException.of(
                    WechatMessageProblems.TOO_MANY_BINDINGS,
                    "At most " + MOST_BINDINGS + " in each mode.");
        }
        var code = newCode();
        var now = clock.instant();
        var id = "wxb_" + UlidCreator.getMonotonicUlid();
        jdbc.sql(
                        """
                        insert into wechat_binding (id, merchant_id, livemode, appid, label, event_types, status, code_hash, code_ends_at, created_at)
                        values (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)
                        """)
                .params(
                        id,
                        owner.merchantId(),
                        owner.livemode(),
                        account.appid(),
                        label,
                        distinct(eventTypes),
                        BindCode.hash(code),
                        utc(now.plus(settings.bindCodeLives())),
                        utc(now))
                .update();
        return new Invited(
                find(owner, id), URI.create(settings.publicUrl() + "/wechat/bind/" + code));
    }

    private long standing(Owner owner) {
        return jdbc.sql(
                        "select count(*) from wechat_binding where merchant_id = ? and livemode = ? and (status = 'bound' or (status = 'waiting' and code_ends_at > ?))")
                .params(owner.merchantId(), owner.livemode(), utc(clock.instant()))
                .query(Long.class)
                .single();
    }

    private String newCode() {
        var bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Binding> list(Owner owner, @Nullable String before, int limit) {
        return jdbc.sql(
                        "select "
                                + Binding.COLUMNS
                                + " from wechat_binding where merchant_id = ? and livemode = ? and id < ? order by id desc limit ?")
                .params(
                        owner.merchantId(),
                        owner.livemode(),
                        before == null ? "wxb_~" : before,
                        limit)
                .query(Binding::read)
                .list();
    }

    /**
     * @throws ApiException {@code not_found}
     */
    @Transactional(readOnly = true)
    public Binding find(Owner owner, String id) {
        return jdbc.sql(
                        "select "
                                + Binding.COLUMNS
                                + " from wechat_binding where id = ? and merchant_id = ? and livemode = ?")
                .params(id, owner.merchantId(), owner.livemode())
                .query(Binding::read)
                .optional()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /**
     * @param label null leaves it as it is, as does null for the event types
     * @throws ApiException {@code not_found}, {@code binding_ended}
     */
    @Transactional
    public Binding change(
            Owner owner, String id, @Nullable String label, @Nullable List<String> eventTypes) {
        var changed =
                jdbc.sql(
                                "update wechat_binding set label = coalesce(?, label), event_types = coalesce(?, event_types) where id = ? and merchant_id = ? and livemode = ? and status <> 'ended'")
                        .param(1, label, java.sql.Types.VARCHAR)
                        .param(
                                2,
                                eventTypes == null ? null : distinct(eventTypes),
                                java.sql.Types.ARRAY)
                        .param(3, id)
                        .param(4, owner.merchantId())
                        .param(5, owner.livemode())
                        .update();
        var binding = find(owner, id);
        if (changed == 0) {
            throw ApiException.of(WechatMessageProblems.BINDING_ENDED);
        }
        return binding;
    }

    /** What was not sent yet is not sent any more. Ending what has ended changes nothing. */
    @Transactional
    public Binding end(Owner owner, String id) {
        find(owner, id);
        Endings.end(jdbc, id, "ended_by_merchant", clock.instant());
        return find(owner, id);
    }

    private static String[] distinct(List<String> eventTypes) {
        return eventTypes.stream().distinct().sorted().toArray(String[]::new);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
