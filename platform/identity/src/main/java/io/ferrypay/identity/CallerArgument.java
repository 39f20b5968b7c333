package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands a {@link MerchantCaller}, {@link DeviceCaller}, {@link StaffCaller} or {@link
 * ServiceCaller} to the controller method that asks for it.
 */
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == MerchantCaller.class
                || parameter.getParameterType() == DeviceCaller.class
                || parameter.getParameterType() == StaffCaller.class
                || parameter.getParameterType() == ServiceCaller.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getPrincipal() != null
                && parameter.getParameterType().isInstance(authentication.getPrincipal())) {
            return authentication.getPrincipal();
        }
        throw ApiException.of(CommonProblems.UNAUTHENTICATED);
    }
}
