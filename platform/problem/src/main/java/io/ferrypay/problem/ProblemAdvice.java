package io.ferrypay.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns whatever a controller throws into a problem. The words of an exception never leave the
 * house.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    @ExceptionHandler
    ResponseEntity<Problem> refused(ApiException refusal, HttpServletRequest request) {
        return answer(refusal, request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(
            HttpMessageNotReadableException failure, HttpServletRequest request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException refusal) {
                return answer(refusal, request);
            }
            if (cause instanceof JacksonException json) {
                return answer(unreadable(json), request);
            }
        }
        return answer(
                ApiException.of(CommonProblems.INVALID_REQUEST, "The request needs a body."),
                request);
    }

    private static ApiException unreadable(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> {
                var pointer = pointer(unknown);
                yield ApiException.of(
                        CommonProblems.UNKNOWN_FIELD,
                        problem ->
                                problem.detail("Check the spelling of " + pointer + ".")
                                        .error(
                                                pointer,
                                                "unknown",
                                                "is not a field of this request"));
            }
            case MismatchedInputException mismatch
                    when mismatch.getTargetType() != null || !mismatch.getPath().isEmpty() -> {
                var pointer = pointer(mismatch);
                yield ApiException.invalid(pointer, "wrong_type", "has the wrong type or format");
            }
            case InputCoercionException overflow ->
                    ApiException.invalid(pointer(overflow), "wrong_type", "is out of range");
            case StreamReadException _ ->
                    ApiException.of(
                            CommonProblems.MALFORMED_JSON, "The body could not be read as JSON.");
            case DatabindException bound ->
                    ApiException.invalid(pointer(bound), "invalid", "is not valid");
            default ->
                    ApiException.of(
                            CommonProblems.MALFORMED_JSON, "The body could not be read as JSON.");
        };
    }

    private static String pointer(JacksonException failure) {
        var path =
                failure.getPath().stream()
                        .map(reference ->
                                reference.getPropertyName() != null
                                        ? escape(reference.getPropertyName())
                                        : String.valueOf(reference.getIndex()))
                        .collect(Collectors.joining("/"));
        return path.isEmpty() ? "" : "/" + path;
    }

    /** A name is the caller's text: shortened, and escaped as a JSON pointer asks. */
    private static String escape(String name) {
        var shortened = name.length() > 64 ? name.substring(0, 64) : name;
        return shortened.replace("~", "~0").replace("/", "~1");
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(
            MethodArgumentNotValidException failure, HttpServletRequest request) {
        var errors = new ArrayList<FieldProblem>();
        for (var error : failure.getBindingResult().getAllErrors()) {
            var pointer = error instanceof FieldError field ? "/" + wireName(field.getField()) : "";
            errors.add(
                    new FieldProblem(
                            pointer, constraint(error), String.valueOf(error.getDefaultMessage())));
        }
        return answer(invalid(errors), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(
            HandlerMethodValidationException failure, HttpServletRequest request) {
        var errors = new ArrayList<FieldProblem>();
        for (var result : failure.getParameterValidationResults()) {
            var parameter = String.valueOf(result.getMethodParameter().getParameterName());
            for (var error : result.getResolvableErrors()) {
                var pointer =
                        error instanceof FieldError field
                                ? "/" + wireName(field.getField())
                                : wireName(parameter);
                errors.add(
                        new FieldProblem(
                                pointer,
                                constraint(error),
                                String.valueOf(error.getDefaultMessage())));
            }
        }
        return answer(invalid(errors), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(
            ConstraintViolationException failure, HttpServletRequest request) {
        var errors =
                failure.getConstraintViolations().stream()
                        .map(ProblemAdvice::fieldProblem)
                        .toList();
        return answer(invalid(errors), request);
    }

    private static FieldProblem fieldProblem(ConstraintViolation<?> violation) {
        var constraint =
                violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName();
        return new FieldProblem(
                "/" + wireName(violation.getPropertyPath().toString()),
                errorCode(constraint),
                violation.getMessage());
    }

    private static ApiException invalid(List<FieldProblem> errors) {
        var detail =
                errors.isEmpty()
                        ? ""
                        : errors.getFirst().pointer() + " " + errors.getFirst().message();
        return ApiException.of(
                CommonProblems.INVALID_REQUEST,
                problem -> problem.detail(detail.strip()).errors(errors));
    }

    private static String constraint(MessageSourceResolvable error) {
        var codes = error.getCodes();
        return codes == null || codes.length == 0 ? "invalid" : errorCode(codes[codes.length - 1]);
    }

    private static String errorCode(String constraint) {
        return switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> "required";
            case "Size" -> "wrong_length";
            case "Pattern" -> "wrong_format";
            case "Min", "DecimalMin", "Positive", "PositiveOrZero" -> "too_small";
            case "Max", "DecimalMax" -> "too_large";
            default -> "invalid";
        };
    }

    /**
     * {@code payer.userAgent} and {@code items[0]} as they stand in the JSON: {@code
     * payer/user_agent}, {@code items/0}.
     */
    private static String wireName(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replace('.', '/')
                .replace("[", "/")
                .replace("]", "")
                .toLowerCase(Locale.ROOT);
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(
            MissingServletRequestParameterException failure, HttpServletRequest request) {
        return answer(
                ApiException.invalid(failure.getParameterName(), "required", "is missing"),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(
            MissingRequestHeaderException failure, HttpServletRequest request) {
        if (failure.getHeaderName().equalsIgnoreCase("Idempotency-Key")) {
            return answer(
                    ApiException.of(
                            CommonProblems.IDEMPOTENCY_KEY_MISSING,
                            "Send a new random value, such as a UUID, for each new operation."),
                    request);
        }
        return answer(
                ApiException.invalid(failure.getHeaderName(), "required", "is missing"), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongType(TypeMismatchException failure, HttpServletRequest request) {
        var name =
                failure instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : String.valueOf(failure.getPropertyName());
        return answer(
                ApiException.invalid(wireName(name), "wrong_type", "has the wrong type or format"),
                request);
    }

    /** A query, or a form, whose escapes or letters are none. */
    @ExceptionHandler
    ResponseEntity<Problem> unreadable(
            InvalidParameterException failure, HttpServletRequest request) {
        return answer(
                ApiException.of(
                        CommonProblems.INVALID_REQUEST, "The parameters could not be read."),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> method(
            HttpRequestMethodNotSupportedException failure, HttpServletRequest request) {
        var allowed = failure.getSupportedHttpMethods();
        var names =
                allowed == null
                        ? ""
                        : allowed.stream()
                                .map(HttpMethod::name)
                                .sorted()
                                .collect(Collectors.joining(", "));
        var body =
                ApiException.of(
                                CommonProblems.METHOD_NOT_ALLOWED,
                                names.isEmpty() ? "" : "Allowed: " + names + ".")
                        .problem(RequestId.of(request));
        return ResponseEntity.status(body.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.ALLOW, names)
                .body(body);
    }

    @ExceptionHandler
    ResponseEntity<Problem> mediaType(
            HttpMediaTypeNotSupportedException failure, HttpServletRequest request) {
        return answer(
                ApiException.of(CommonProblems.UNSUPPORTED_MEDIA_TYPE, "Send application/json."),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> mediaType(
            HttpMediaTypeNotAcceptableException failure, HttpServletRequest request) {
        return answer(
                ApiException.of(CommonProblems.NOT_ACCEPTABLE, "We answer with application/json."),
                request);
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<Problem> nothingHere(HttpServletRequest request) {
        return answer(ApiException.of(CommonProblems.NOT_FOUND), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooLong(
            AsyncRequestTimeoutException failure, HttpServletRequest request) {
        return answer(ApiException.of(CommonProblems.SERVICE_UNAVAILABLE), request);
    }

    /** The caller is gone; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException failure) {
        log.debug("The caller left before the answer was written");
    }

    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(ApiException.of(CommonProblems.INVALID_REQUEST), request);
        }
        if (isWithoutConnection(failure)) {
            log.warn("No connection for {} {}", request.getMethod(), routeOf(request));
            return answer(
                    ApiException.of(CommonProblems.SERVICE_UNAVAILABLE).retryAfter(SOON), request);
        }
        log.error("Unexpected failure of {} {}", request.getMethod(), routeOf(request), failure);
        return answer(
                ApiException.of(
                        CommonProblems.INTERNAL_ERROR,
                        "We have been told. Quote the request_id when you ask about it."),
                request);
    }

    /**
     * Whether the database gave nobody a connection in time: more was asked of this instance than
     * it can do, or there is no database. Each of them with its stack would make the load worse.
     */
    private static boolean isWithoutConnection(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return false;
    }

    /** The pattern, not the address: an address can hold a nonce. */
    private static @Nullable Object routeOf(HttpServletRequest request) {
        return request.getAttribute(
                org.springframework.web.servlet.HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    }

    private static ResponseEntity<Problem> answer(
            ApiException refusal, HttpServletRequest request) {
        var problem = refusal.problem(RequestId.of(request));
        var answer =
                ResponseEntity.status(problem.status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (refusal.retryAfter() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, RetryAfter.seconds(refusal.retryAfter()));
        }
        return answer.body(problem);
    }
}
