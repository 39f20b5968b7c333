package io.ferrypay.job.payment;

import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import io.ferrypay.job.payment.PaymentChannelJobs.Batch;
import io.ferrypay.job.schedule.ScheduledJob;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Puts the payment jobs on the timetable and says how the services are reached that do them. */
@Configuration(proxyBeanMethods = false)
class PaymentJobs {
    private static final Logger log = LoggerFactory.getLogger(PaymentJobs.class);
    private static final String TARGET = "payment-channel-service";
    private static final String RECONCILE = "reconcile-service";

    @Bean
    ScheduledJob queryPendingPayments(PaymentJobsProperties properties) {
        return new ScheduledJob(
                QueryPendingPayments.NAME,
                QueryPendingPayments.class,
                properties.queryPendingPayments());
    }

    @Bean
    ScheduledJob expireUnpaidPayments(PaymentJobsProperties properties) {
        return new ScheduledJob(
                ExpireUnpaidPayments.NAME,
                ExpireUnpaidPayments.class,
                properties.expireUnpaidPayments());
    }

    @Bean
    ScheduledJob advanceRefunds(PaymentJobsProperties properties) {
        return new ScheduledJob(
                AdvanceRefunds.NAME, AdvanceRefunds.class, properties.advanceRefunds());
    }

    @Bean
    ScheduledJob pullFxRates(PaymentJobsProperties properties) {
        return new ScheduledJob(PullFxRates.NAME, PullFxRates.class, properties.pullFxRates());
    }

    @Bean
    ScheduledJob reconcileStatements(PaymentJobsProperties properties) {
        return new ScheduledJob(
                ReconcileStatements.NAME,
                ReconcileStatements.class,
                properties.reconcileStatements());
    }

    @Bean
    PaymentChannelJobs paymentChannelJobs(
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            PaymentJobsProperties properties) {
        return client(
                PaymentChannelJobs.class, TARGET, properties.url(), services, tokens, properties);
    }

    @Bean
    ReconcileJobs reconcileJobs(
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            PaymentJobsProperties properties) {
        return client(
                ReconcileJobs.class,
                RECONCILE,
                properties.reconcileUrl(),
                services,
                tokens,
                properties);
    }

    private static <T> T client(
            Class<T> orders,
            String target,
            String url,
            RestClient.Builder services,
            InternalTokens tokens,
            PaymentJobsProperties properties) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(properties.timeouts().connect())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(properties.timeouts().read());
        var client =
                services.clone()
                        .requestFactory(requests)
                        .requestInterceptor(new ServiceTokenInterceptor(tokens, target))
                        .baseUrl(url)
                        .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(orders);
    }

    @Bean
    JobOrders jobOrders(PaymentJobsProperties properties, JobMetrics metrics) {
        var breakers =
                CircuitBreakerRegistry.of(
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(properties.breaker().calls())
                                .minimumNumberOfCalls(properties.breaker().calls())
                                .failureRateThreshold(50)
                                .waitDurationInOpenState(properties.breaker().pause())
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .build());
        breakers.getEventPublisher()
                .onEntryAdded(added ->
                        added.getAddedEntry()
                                .getEventPublisher()
                                .onStateTransition(event ->
                                        log.warn(
                                                "Breaker of {}: {}",
                                                event.getCircuitBreakerName(),
                                                event.getStateTransition())));
        return new JobOrders(breakers, metrics, new Batch(properties.limit()), properties.budget());
    }
}
