package io.ferrypay.merchant.mail;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.signin.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mails that are to be sent. One is written, sealed, in the transaction of what it tells, and sent
 * after it: whoever asks never waits for a mail server, and learns nothing from how long it takes.
 *
 * <p>A mail is leased while it is being sent, so it may arrive twice after a crash; it is tried for
 * a day and then dropped with an error in the log.
 */
@Component
public class MailQueue {

    private static final Logger log = LoggerFactory.getLogger(MailQueue.class);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int BATCH = 50;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonMapper json;
    private final Clock clock;
    private final ObjectProvider<PostOffice> post;

    MailQueue(
            JdbcClient jdbc,
            Vault vault,
            JsonMapper json,
            Clock clock,
            ObjectProvider<PostOffice> post) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.clock = clock;
        this.post = post;
    }

    private record Waiting(String id, String sealed, Instant createdAt) {}

    public void add(Mail mail) {
        add(mail, false);
    }

    /** Costs what {@link #add} costs, and sends nothing. */
    public void pretend(Mail mail) {
        add(mail, true);
    }

    private record Letter(Mail mail, boolean pretended) {}

    private void add(Mail mail, boolean pretended) {
        var id = "mail_" + UlidCreator.getUlid();
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        "insert into outgoing_mail (id, sealed, created_at, next_try_at) values (?, ?, ?, ?)")
                .params(
                        id,
                        vault.seal(id, json.writeValueAsString(new Letter(mail, pretended))),
                        now,
                        now)
                .update();
    }

    @Scheduled(fixedDelayString = "${ferry.mail.interval:PT0.5S}")
    void send() {
        var office = post.getIfAvailable();
        if (office == null) {
            return; // Nowhere to send to: kept until somebody configures it, or too old.
        }
        for (var i = 0; i < BATCH; i++) {
            var next = lease();
            if (next.isEmpty()) {
                return;
            }
            send(next.get(), office);
        }
    }

    private Optional<Waiting> lease() {
        var now = clock.instant();
        return jdbc.sql(
                        """
                        update outgoing_mail set next_try_at = ?
                        where id = (select id from outgoing_mail where next_try_at <= ?
                                    order by next_try_at limit 1 for update skip locked)
                        returning id, sealed, created_at
                        """)
                .params(now.plus(LEASE).atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Waiting(
                                row.getString("id"),
                                row.getString("sealed"),
                                row.getTimestamp("created_at").toInstant()))
                .optional();
    }

    private void send(Waiting waiting, PostOffice office) {
        try {
            var letter = json.readValue(vault.open(waiting.id(), waiting.sealed()), Letter.class);
            if (!letter.pretended()) {
                office.send(letter.mail());
            }
            drop(waiting);
        } catch (PostOffice.NotSent e) {
            if (waiting.createdAt().plus(LIFE).isBefore(clock.instant())) {
                log.error("Gave {} up after a day: {}", waiting.id(), e.getMessage());
                drop(waiting);
            } else {
                log.warn(
                        "{} could not be sent and is tried again: {}",
                        waiting.id(),
                        e.getMessage());
            }
        }
    }

    private void drop(Waiting waiting) {
        jdbc.sql("delete from outgoing_mail where id = ?").param(waiting.id()).update();
    }
}
