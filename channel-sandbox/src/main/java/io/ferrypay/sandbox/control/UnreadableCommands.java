package io.ferrypay.sandbox.control;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.core.JacksonException;

/** Tells whoever writes a test what was wrong with its command. */
@RestControllerAdvice
class UnreadableCommands {

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException e) {
        var why =
                e.getCause() instanceof JacksonException json
                        ? json.getOriginalMessage()
                        : "The body cannot be read.";
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, why);
    }
}
