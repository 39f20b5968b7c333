package io.ferrypay.problem;

import com.github.f4b6a3.ulid.UlidCreator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number by which one request is found again in logs and in a conversation with support. */
public final class RequestId {

    public static final String HEADER = "Request-Id";

    static final String ATTRIBUTE = RequestId.class.getName();
    static final String MDC_KEY = "request_id";

    private static final Pattern OURS = Pattern.compile("req_[0-9A-HJKMNP-TV-Z]{26}");

    private RequestId() {}

    /** The id of this request, if the filter has seen it. */
    public static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }

    static String accept(@Nullable String given) {
        return given != null && OURS.matcher(given).matches()
                ? given
                : "req_" + UlidCreator.getUlid();
    }
}
