package io.ferrypay.merchant.portal;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * In front of every endpoint under {@code /portal/api}: does what {@link Anyone}, {@link SignedIn}
 * or {@link Requires} on its method says. An endpoint that says nothing is open to nobody.
 */
@Component
class PortalDoor implements WebMvcConfigurer, HandlerInterceptor, HandlerMethodArgumentResolver {

    private static final ProblemCode SECOND_FACTOR_NEEDED =
            ProblemCode.of(
                    "second_factor_needed",
                    403,
                    "The team wants a second factor of everybody; set one up first");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns("/portal/api/**")
                .excludePathPatterns("/portal/api/openapi.json", "/portal/api/openapi.json/*");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || method.hasMethodAnnotation(Anyone.class)) {
            return true;
        }
        var caller = caller().orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        if (method.hasMethodAnnotation(SignedIn.class)) {
            return true;
        }
        var needed = method.getMethodAnnotation(Requires.class);
        if (needed == null) {
            throw new IllegalStateException(method + " does not say who may call it");
        }
        if (caller.barred()) {
            throw ApiException.of(SECOND_FACTOR_NEEDED);
        }
        if (!caller.role().may(needed.value())) {
            throw ApiException.of(
                    CommonProblems.FORBIDDEN_SCOPE,
                    "This needs the permission " + needed.value().text() + ".");
        }
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PortalCaller.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return caller().orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
    }

    private static Optional<PortalCaller> caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.getPrincipal() instanceof PortalCaller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
