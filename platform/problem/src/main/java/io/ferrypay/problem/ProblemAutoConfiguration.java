package io.ferrypay.problem;

import jakarta.servlet.Filter;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives every servlet service the same error answers, request ids and limit on bodies ({@code
 * ferry.problem.body-limit}, bytes; {@code ferry.problem.larger-bodies} has the paths with another
 * one for POST).
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(ProblemAdvice.class)
class ProblemAutoConfiguration {

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<Filter> requestIdFilter() {
        return first(new RequestIdFilter(), 0);
    }

    @Bean
    FilterRegistrationBean<Filter> bodyLimitFilter(
            ProblemWriter problems,
            @Value("${ferry.problem.body-limit:65536}") long limit,
            Environment environment) {
        var larger =
                Binder.get(environment)
                        .bind(
                                "ferry.problem.larger-bodies",
                                Bindable.mapOf(String.class, Long.class))
                        .orElse(Map.of());
        return first(new BodyLimitFilter(limit, larger, problems), 1);
    }

    private static FilterRegistrationBean<Filter> first(Filter filter, int place) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }
}
