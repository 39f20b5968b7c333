package io.ferrypay.tradeadmin.staff;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemWriter;
import io.ferrypay.signin.Cookies;
import io.ferrypay.signin.SignInProblems;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.web.http.CookieSerializer;

/**
 * Rules in front of {@code /console/api/account}, where a session in a cookie is begun and changed;
 * what changes something needs a CSRF token. The rest of {@code /console/api} is behind the
 * gateway's exchange, as at every other service.
 */
@Configuration(proxyBeanMethods = false)
class StaffSecurity {

    @Bean
    CookieSerializer sessionCookie() {
        return Cookies.session("ferry_console", "/console/api");
    }

    @Bean
    @Order(0)
    SecurityFilterChain account(HttpSecurity http, ProblemWriter problems) {
        return http.securityMatcher("/console/api/account/**")
                .csrf(csrf -> {
                    csrf.spa();
                    csrf.csrfTokenRepository(Cookies.csrf("/console"));
                })
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(management ->
                        management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .exceptionHandling(refusals ->
                        refusals.accessDeniedHandler((request, response, _) ->
                                problems.write(
                                        request,
                                        response,
                                        ApiException.of(SignInProblems.CSRF_TOKEN_INVALID))))
                .build();
    }
}
