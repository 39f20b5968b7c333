package io.ferrypay.job.books;

import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import io.ferrypay.job.schedule.ScheduledJob;
import java.net.http.HttpClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Puts the jobs of the books on the timetable and says how trade-admin-service is reached. */
@Configuration(proxyBeanMethods = false)
class BooksJobs {
    private static final String TARGET = "trade-admin-service";

    @Bean
    ScheduledJob settleChannelDays(BooksJobsProperties properties) {
        return new ScheduledJob(
                SettleChannelDays.NAME, SettleChannelDays.class, properties.settleChannelDays());
    }

    @Bean
    ScheduledJob cutWithdrawalBatches(BooksJobsProperties properties) {
        return new ScheduledJob(
                CutWithdrawalBatches.NAME,
                CutWithdrawalBatches.class,
                properties.cutWithdrawalBatches());
    }

    @Bean
    ScheduledJob runWithdrawalSchedules(BooksJobsProperties properties) {
        return new ScheduledJob(
                RunWithdrawalSchedules.NAME,
                RunWithdrawalSchedules.class,
                properties.runWithdrawalSchedules());
    }

    @Bean
    TradeAdminJobs tradeAdminJobs(
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            BooksJobsProperties properties) {
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
                        .requestInterceptor(new ServiceTokenInterceptor(tokens, TARGET))
                        .baseUrl(properties.booksUrl())
                        .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(TradeAdminJobs.class);
    }
}
