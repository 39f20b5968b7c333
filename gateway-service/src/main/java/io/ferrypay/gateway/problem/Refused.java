package io.ferrypay.gateway.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a problem; cheap to throw (no stack trace), because refusals are ordinary.
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final GatewayProblem problem;
    private final String detail;
    private final transient Map<String, String> headers;

    public Refused(GatewayProblem problem, String detail) {
        this(problem, detail, Map.of(), null);
    }

    public Refused(GatewayProblem problem, String detail, Map<String, String> headers) {
        this(problem, detail, headers, null);
    }

    /** The cause is for the log alone; it never reaches the caller. */
    public Refused(
            GatewayProblem problem,
            String detail,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        super(problem.code(), cause, false, false);
        this.problem = problem;
        this.detail = detail;
        this.headers = headers;
    }

    public GatewayProblem problem() {
        return problem;
    }

    public String detail() {
        return detail;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
