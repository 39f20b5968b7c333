package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets only those in that {@link ForServices} names. */
final class ServiceDoor implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var allowed = allowed(method);
            if (allowed != null && !Arrays.asList(allowed.value()).contains(caller())) {
                throw ApiException.of(CommonProblems.FORBIDDEN_SCOPE);
            }
        }
        return true;
    }

    private static @Nullable ForServices allowed(HandlerMethod method) {
        var own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), ForServices.class);
        return own != null
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(
                        method.getBeanType(), ForServices.class);
    }

    private static @Nullable String caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.getPrincipal() instanceof ServiceCaller(var name)
                ? name
                : null;
    }
}
