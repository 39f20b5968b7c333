package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.signin.ClientAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * From which networks and by which browsers a person signs in. Somewhere new is told by mail; a
 * place is forgotten when nobody came from there for ninety days.
 */
@Component
class SignInPlaces {

    private static final Duration KEPT = Duration.ofDays(90);

    /** Who signs up or joins comes from somewhere for the first time: that is no news. */
    private static final Duration NEW_ACCOUNT = Duration.ofHours(1);

    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final AccountNotices notices;
    private final Clock clock;

    SignInPlaces(JdbcClient jdbc, AccountNotices notices, Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * @param address where the request came from, as the gateway says
     * @param agent the browser in its own words
     */
    @Transactional
    public void visited(PortalUser user, String address, String agent) {
        var now = clock.instant();
        var isNew =
                jdbc.sql(
                                """
                                insert into sign_in_place as known (user_id, place_hash, last_seen_at) values (?, ?, ?)
                                on conflict (user_id, place_hash) do update
                                    set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
                                returning xmax = 0
                                """)
                        .params(
                                user.id(),
                                hash(user.id(), address, agent),
                                now.atOffset(ZoneOffset.UTC))
                        .query(Boolean.class)
                        .single();
        if (isNew && user.createdAt().isBefore(now.minus(NEW_ACCOUNT))) {
            notices.signedInElsewhere(user, now, address, agent);
        }
    }

    /** Browsers renew themselves every few weeks: their version does not count. */
    private static String hash(String userId, String address, String agent) {
        var place =
                userId
                        + "\n"
                        + ClientAddress.subscriber(address)
                        + "\n"
                        + agent.replaceAll("[0-9]+", "");
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(place.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        jdbc.sql(
                        "delete from sign_in_place where ctid in (select ctid from sign_in_place where last_seen_at < ? limit ?)")
                .params(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }
}
