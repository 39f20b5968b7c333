package io.ferrypay.reconcile.download;

import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.load.ReceiveStatement;
import io.ferrypay.reconcile.load.StatementState;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Service;

/** Asks for the statement of an account and a day, once. Never inside a transaction. */
@Service
public class DownloadStatement {

    private static final Logger log = LoggerFactory.getLogger(DownloadStatement.class);
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final PaymentService payments;
    private final ReceiveStatement receive;
    private final Clock clock;

    DownloadStatement(PaymentService payments, ReceiveStatement receive, Clock clock) {
        this.payments = payments;
        this.receive = receive;
        this.clock = clock;
    }

    /**
     * @return what came of it; {@link StatementState#NOT_READY} also where nobody could say
     */
    public StatementState download(String accountId, LocalDate day) {
        if (!day.isBefore(clock.instant().atOffset(BEIJING).toLocalDate())) {
            return nothing(accountId, day, StatementState.NOT_DUE);
        }
        try (var answer = payments.statement(accountId, day)) {
            return switch (answer.getStatusCode().value()) {
                case 200 -> keep(accountId, day, answer);
                case 204 -> nothing(accountId, day, StatementState.EMPTY_DAY);
                default -> refused(accountId, day, answer);
            };
        } catch (IOException e) {
            log.warn("The statement of {} of {} did not arrive: {}", accountId, day, e.toString());
            return nothing(accountId, day, StatementState.NOT_READY);
        }
    }

    private StatementState keep(String accountId, LocalDate day, ClientHttpResponse answer)
            throws IOException {
        var headers = answer.getHeaders();
        var format = StatementFormat.ofWireName(said(headers.getFirst("Statement-Format")));
        if (format.isEmpty()) {
            throw new IOException("nobody here can read " + headers.getFirst("Statement-Format"));
        }
        return receive.file(
                accountId,
                day,
                format.get(),
                said(headers.getFirst("Statement-Sha256")),
                "true".equals(headers.getFirst("Statement-Verified")),
                answer.getBody());
    }

    private static String said(@org.jspecify.annotations.Nullable String header) {
        return header == null ? "" : header;
    }

    private StatementState refused(String accountId, LocalDate day, ClientHttpResponse answer)
            throws IOException {
        var code = payments.problemCode(answer);
        log.info("No statement of {} of {}: {}", accountId, day, code);
        return code.equals("statement_forged")
                ? receive.forged(accountId, day)
                : nothing(accountId, day, StatementState.NOT_READY);
    }

    private StatementState nothing(String accountId, LocalDate day, StatementState why) {
        receive.nothing(accountId, day, why);
        return why;
    }
}
