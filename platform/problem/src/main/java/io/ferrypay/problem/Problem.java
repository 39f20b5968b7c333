package io.ferrypay.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an error answer, {@code application/problem+json} (RFC 9457). Immutable. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        List<FieldProblem> errors,
        boolean retryable,
        @JsonProperty("decline_code") @Nullable String declineCode,
        @JsonProperty("request_id") @Nullable String requestId,
        @JsonAnyGetter Map<String, Object> extensions) {

    /** Where each code is explained. */
    public static final String TYPE_PREFIX = "https://docs.ferrypay.example/errors/";

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Builder of(ProblemCode code) {
        return new Builder(code);
    }

    /** Collects what is known about one error. */
    public static final class Builder {

        private final ProblemCode code;
        private final List<FieldProblem> errors = new ArrayList<>();
        private final Map<String, Object> extensions = new LinkedHashMap<>();
        private String detail = "";
        private @Nullable String declineCode;

        private Builder(ProblemCode code) {
            this.code = code;
        }

        /** For people; must not hold secrets, personal data or the words of an exception. */
        public Builder detail(String detail) {
            this.detail = detail;
            return this;
        }

        public Builder error(String pointer, String code, String message) {
            errors.add(new FieldProblem(pointer, code, message));
            return this;
        }

        public Builder errors(List<FieldProblem> more) {
            errors.addAll(more);
            return this;
        }

        /** The wallet's or bank's own reason. */
        public Builder declineCode(String declineCode) {
            this.declineCode = declineCode;
            return this;
        }

        /** A further member of the answer, such as the id of the object that is in the way. */
        public Builder with(String name, Object value) {
            extensions.put(name, value);
            return this;
        }

        public Problem build(@Nullable String requestId) {
            return new Problem(
                    TYPE_PREFIX + code.code(),
                    code.title(),
                    code.status(),
                    code.code(),
                    detail,
                    List.copyOf(errors),
                    code.retryable(),
                    declineCode,
                    requestId,
                    Map.copyOf(extensions));
        }
    }
}
