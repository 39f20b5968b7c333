package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.payment.NewPayments.IdempotencyScope;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was answered under merchants' idempotency keys, for other things than new payments. */
@Repository
public class KeptAnswers {

    private final NewPayments answers;
    private final JdbcClient jdbc;

    KeptAnswers(NewPayments answers, JdbcClient jdbc) {
        this.answers = answers;
        this.jdbc = jdbc;
    }

    /**
     * Whose key it is, and which.
     *
     * @param fingerprint of the request under it
     */
    public record Key(String merchantId, boolean livemode, String key, Sha256 fingerprint) {

        private IdempotencyScope scope() {
            return new IdempotencyScope(merchantId, livemode, key);
        }
    }

    /**
     * An answer given before.
     *
     * @param same whether it was given to an equal request
     */
    public record Kept(boolean same, int status, String body) {}

    /** What was answered under this key, if it is known. */
    public Optional<Kept> find(Key key) {
        return answers.answerUnder(key.scope())
                .map(answer ->
                        new Kept(
                                answer.fingerprint().equals(key.fingerprint()),
                                answer.status(),
                                answer.body()));
    }

    /**
     * To be called in the transaction that does what is answered.
     *
     * @throws org.springframework.dao.DuplicateKeyException if something is kept there already
     */
    public void keep(Key key, int status, String body, Instant now) {
        jdbc.sql(
                        """
                        insert into idempotency_key
                            (merchant_id, livemode, key, fingerprint, status, body, created_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(key.merchantId())
                .param(key.livemode())
                .param(key.key())
                .param(key.fingerprint().bytes())
                .param(status)
                .param(body)
                .param(Timestamp.from(now))
                .update();
    }

    /** Keeps a refusal under the key, unless something is kept there already. */
    public void keepRefusal(Key key, int status, String body, Instant now) {
        answers.keepRefusal(
                key.scope(), new IdempotentAnswer(key.fingerprint(), status, body, null, 0), now);
    }
}
