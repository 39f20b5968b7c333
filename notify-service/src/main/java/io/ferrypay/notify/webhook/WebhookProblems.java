package io.ferrypay.notify.webhook;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about webhooks. */
public final class WebhookProblems {

    public static final ProblemCode URL_NOT_ALLOWED =
            ProblemCode.of("url_not_allowed", 422, "Webhooks can't be sent to this URL");
    public static final ProblemCode TOO_MANY_ENDPOINTS =
            ProblemCode.of("too_many_endpoints", 409, "There are as many endpoints as allowed");
    public static final ProblemCode TOO_MANY_ROTATIONS =
            ProblemCode.temporary(
                    "too_many_rotations", 409, "As many old secrets as allowed are still valid");

    private WebhookProblems() {}
}
