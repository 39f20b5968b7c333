package io.ferrypay.merchant.signin;

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
import org.springframework.security.web.session.SessionManagementFilter;
import org.springframework.session.web.http.CookieSerializer;

/**
 * Rules in front of {@code /portal/api}: a session in a cookie, and a CSRF token for everything
 * that changes something. Who may call what stands at each endpoint.
 */
@Configuration(proxyBeanMethods = false)
class PortalSecurity {

    static final String SESSION_COOKIE = "ferry_portal";

    @Bean
    CookieSerializer sessionCookie() {
        return Cookies.session(SESSION_COOKIE, "/portal/api");
    }

    @Bean
    @Order(0)
    SecurityFilterChain portal(HttpSecurity http, Sessions sessions, ProblemWriter problems) {
        return http.securityMatcher("/portal/api/**")
                .csrf(csrf -> {
                    csrf.spa();
                    csrf.csrfTokenRepository(Cookies.csrf("/portal"));
                })
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(management ->
                        management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Behind what takes a person it sees for one who has just signed in, and would give
                // the session another secret with every request.
                .addFilterAfter(
                        new PortalSessionFilter(sessions, problems), SessionManagementFilter.class)
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
