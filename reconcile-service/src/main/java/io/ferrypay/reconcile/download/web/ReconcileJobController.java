package io.ferrypay.reconcile.download.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.reconcile.download.LookAfterStatements;
import io.ferrypay.reconcile.download.LookAfterStatements.Round;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What job-service orders. */
@RestController
@ForServices("job-service")
@RequestMapping(
        path = "/internal/jobs",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class ReconcileJobController {

    private static final int MOST = 100;
    private static final ProblemCode NO_ACCOUNTS =
            ProblemCode.temporary(
                    "accounts_unavailable", 503, "Nobody says which accounts there are");

    private final LookAfterStatements statements;

    /** A large day takes longer than a caller waits: its next order finds the work under way. */
    private final Semaphore atWork = new Semaphore(1);

    ReconcileJobController(LookAfterStatements statements) {
        this.statements = statements;
    }

    record Batch(int limit) {}

    @PostMapping("/reconcile-statements")
    Round reconcileStatements(@RequestBody Batch batch) {
        if (batch.limit() < 1 || batch.limit() > MOST) {
            throw ApiException.invalid("/limit", "not_allowed", "must be from 1 to 100");
        }
        if (!atWork.tryAcquire()) {
            return new Round(0, 0, 0);
        }
        try {
            return statements.look(batch.limit());
        } catch (IOException e) {
            throw ApiException.of(NO_ACCOUNTS);
        } finally {
            atWork.release();
        }
    }
}
