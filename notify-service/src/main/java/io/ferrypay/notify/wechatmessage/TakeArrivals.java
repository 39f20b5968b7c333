package io.ferrypay.notify.wechatmessage;

import io.ferrypay.notify.secret.Vault;
import io.ferrypay.xml.Xml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes in what WeChat says became of template messages. It signs a time and a random number by the
 * token it shares with us, and not what it says, so nothing is decided by it: it is shown beside
 * the message. It may be told again, and before we know that the message was sent.
 */
@Service
public class TakeArrivals {

    /** How far WeChat's clock may be off. */
    static final Duration SKEW = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(TakeArrivals.class);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern MSGID = Pattern.compile("[0-9]{1,18}");
    private static final String FINISHED = "TEMPLATESENDJOBFINISH";

    private final JdbcClient jdbc;
    private final OfficialAccounts accounts;
    private final Vault vault;
    private final Clock clock;

    TakeArrivals(JdbcClient jdbc, OfficialAccounts accounts, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.vault = vault;
        this.clock = clock;
    }

    /** By what WeChat proves that it is WeChat. */
    public record Proof(String signature, String timestamp, String nonce) {

        @Override
        public String toString() {
            return "Proof[…]";
        }
    }

    /** Whether the account's token signed it, just now. */
    public boolean isGenuine(String appid, Proof proof) {
        var token = accounts.of(appid).map(OfficialAccount::token).orElse(null);
        if (token == null || !SECONDS.matcher(proof.timestamp()).matches()) {
            return false;
        }
        var age =
                Duration.between(
                        Instant.ofEpochSecond(Long.parseLong(proof.timestamp())), clock.instant());
        if (age.abs().compareTo(SKEW) > 0) {
            return false;
        }
        return MessageDigest.isEqual(
                sha1(
                        Stream.of(token, proof.timestamp(), proof.nonce())
                                .sorted()
                                .reduce("", String::concat)),
                proof.signature().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Keeps the first that is told of a message. Other news, of which WeChat has many, is let pass.
     *
     * @param body whose sender {@link #isGenuine}
     * @return false when it can't be read
     */
    @Transactional
    public boolean take(String appid, byte[] body) {
        var fields = Xml.fields(body).orElse(null);
        if (fields == null) {
            return false;
        }
        if (!FINISHED.equals(fields.get("Event"))) {
            return true;
        }
        var msgid = fields.getOrDefault("MsgID", "");
        var openid = fields.getOrDefault("FromUserName", "");
        var arrival = arrival(fields).orElse(null);
        if (!MSGID.matcher(msgid).matches() || openid.isEmpty() || arrival == null) {
            return false;
        }
        jdbc.sql(
                        """
                        insert into wechat_arrival (appid, msgid, openid_mark, arrival, told_at)
                        values (?, ?, ?, ?, ?) on conflict do nothing
                        """)
                .params(
                        appid,
                        Long.parseLong(msgid),
                        vault.mark("openid of " + appid, openid.getBytes(StandardCharsets.UTF_8)),
                        arrival,
                        KeepBindings.utc(clock.instant()))
                .update();
        if (!arrival.equals("delivered")) {
            log.info("Message {} of official account {}: {}", msgid, appid, arrival);
        }
        return true;
    }

    private static Optional<String> arrival(Map<String, String> fields) {
        var status = fields.get("Status");
        if (status == null) {
            return Optional.empty();
        }
        if (status.strip().equals("success")) {
            return Optional.of("delivered");
        }
        return Optional.of(status.contains("user block") ? "refused" : "failed");
    }

    private static byte[] sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
