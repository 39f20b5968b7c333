package io.ferrypay.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where no controller is at work: in filters and in the security chain. */
public final class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(
            HttpServletRequest request, HttpServletResponse response, ApiException refusal)
            throws IOException {
        var requestId = RequestId.of(request);
        var problem =
                refusal.problem(
                        requestId == null ? response.getHeader(RequestId.HEADER) : requestId);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (refusal.retryAfter() != null) {
            response.setHeader("Retry-After", RetryAfter.seconds(refusal.retryAfter()));
        }
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
