package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemWriter;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The same rules in front of every servlet service: {@code /internal/**} for services, {@code
 * /console/api/**} for our staff, {@code /v2/spotpay/**} for devices and merchants, the rest of
 * {@code /v2/**} for merchants alone, health and the listed public paths for everybody, and nothing
 * else for anybody.
 */
@AutoConfiguration(
        afterName = "io.ferrypay.problem.ProblemAutoConfiguration",
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(IdentityProperties.class)
class IdentityAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    InternalTokens internalTokens(IdentityProperties properties, Clock clock) {
        return new InternalTokens(KeyFiles.privateKey(properties.privateKey()), clock);
    }

    @Bean
    TokenVerifier tokenVerifier(
            @Value("${spring.application.name}") String name,
            IdentityProperties properties,
            Clock clock) {
        return new TokenVerifier(name, KeyFiles.trustedKeys(properties.trustedKeys()), clock);
    }

    /** There are no passwords here; this bean keeps Spring Boot from inventing a user. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new ProviderNotFoundException("Only tokens are accepted");
        };
    }

    /**
     * The chain's filters are the same for every request, and watching each of them costs more than
     * they do; requests as a whole are measured one layer further out.
     */
    @Bean
    SecurityObservationSettings noObservationOfFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    HttpFirewall firewall() {
        return HeaderRules.firewall();
    }

    @Bean
    SecurityFilterChain paths(
            HttpSecurity http,
            TokenVerifier tokens,
            IdentityProperties properties,
            ProblemWriter problems) {
        var open = properties.publicPaths().toArray(String[]::new);
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new IdentityFilter(tokens), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.dispatcherTypeMatchers(
                                        jakarta.servlet.DispatcherType.ASYNC,
                                        jakarta.servlet.DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/actuator/health/**", "/actuator/prometheus")
                                .permitAll()
                                .requestMatchers(open)
                                .permitAll()
                                .requestMatchers("/internal/**")
                                .hasAuthority(IdentityFilter.Caller.SERVICE)
                                .requestMatchers("/console/api/**")
                                .hasAuthority(IdentityFilter.Caller.STAFF)
                                .requestMatchers("/v2/spotpay/**")
                                .hasAnyAuthority(
                                        IdentityFilter.Caller.MERCHANT,
                                        IdentityFilter.Caller.DEVICE)
                                .requestMatchers("/v2/**")
                                .hasAuthority(IdentityFilter.Caller.MERCHANT)
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(
                                        (request, response, _) -> {
                                            response.setHeader("WWW-Authenticate", "Bearer");
                                            problems.write(
                                                    request,
                                                    response,
                                                    ApiException.of(
                                                            CommonProblems.UNAUTHENTICATED));
                                        })
                                .accessDeniedHandler((request, response, _) ->
                                        problems.write(
                                                request,
                                                response,
                                                ApiException.of(CommonProblems.FORBIDDEN_SCOPE))))
                .build();
    }

    @Bean
    WebMvcConfigurer callerArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ServiceDoor());
            }
        };
    }
}
