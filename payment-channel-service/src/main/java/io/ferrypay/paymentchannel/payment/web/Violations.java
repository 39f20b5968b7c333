package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.identity.Mode;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.FieldProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/** Collects what is wrong with a request. */
@NamedInterface("web")
public final class Violations {

    private static final int LONGEST_URL = 2048;

    private final List<FieldProblem> found = new ArrayList<>();

    public void add(String pointer, String code, String message) {
        found.add(new FieldProblem(pointer, code, message));
    }

    public void required(String pointer) {
        add(pointer, "required", "must be given");
    }

    public void pattern(String pointer, @Nullable String value, Pattern allowed) {
        if (value == null) {
            required(pointer);
        } else if (!allowed.matcher(value).matches()) {
            add(pointer, "wrong_format", "must match " + allowed.pattern());
        }
    }

    public void text(String pointer, @Nullable String value, int longest, boolean needed) {
        if (value == null) {
            if (needed) {
                required(pointer);
            }
        } else if (value.codePointCount(0, value.length()) > longest) {
            add(pointer, "too_long", "may have at most " + longest + " characters");
        } else if (isUnprintable(value)) {
            add(pointer, "invalid_characters", "must not hold control characters");
        }
    }

    /** An address for browsers or for us; what is live travels encrypted. */
    void url(String pointer, @Nullable String value, boolean needed, Mode mode) {
        if (value == null) {
            if (needed) {
                required(pointer);
            }
        } else if (value.length() > LONGEST_URL) {
            add(pointer, "too_long", "may have at most 2048 characters");
        } else if (!isWebAddress(value)) {
            add(pointer, "invalid_url", "must be an absolute http or https URL");
        } else if (mode.livemode() && !value.regionMatches(true, 0, "https:", 0, 6)) {
            add(pointer, "https_required", "must be an https URL in live mode");
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            var uri = new URI(value);
            return ("https".equalsIgnoreCase(uri.getScheme())
                            || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && !isUnprintable(value);
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /**
     * Control characters and halves of surrogate pairs, which neither a page nor a table can hold.
     */
    static boolean isUnprintable(String value) {
        return value.codePoints()
                .anyMatch(point ->
                        Character.getType(point) == Character.SURROGATE
                                || (Character.isISOControl(point)
                                        && point != '\n'
                                        && point != '\t'));
    }

    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw ApiException.of(
                    CommonProblems.INVALID_REQUEST,
                    problem ->
                            problem.detail(
                                            found.getFirst().pointer()
                                                    + " "
                                                    + found.getFirst().message())
                                    .errors(found));
        }
    }
}
