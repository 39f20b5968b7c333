package io.ferrypay.notify.webhook;

import io.ferrypay.problem.ProblemCode;
import java.util.Locale;

/** What can be wrong about webhooks. */
public enum WebhookProblems implements ProblemCode {
    URL_NOT_ALLOWED(422, "Webhooks can't be sent to this URL"),
    TOO_MANY_ENDPOINTS(409, "There are as many endpoints as allowed");

    private final int status;
    private final String title;

    WebhookProblems(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
