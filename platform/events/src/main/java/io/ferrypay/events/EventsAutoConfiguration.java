package io.ferrypay.events;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives a service with a database what it needs to follow feeds, and with {@code
 * ferry.events.publish=true} an outbox and its feed.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(EventsProperties.class)
class EventsAutoConfiguration {
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(30);

    @Bean
    ParkedEvents parkedEvents(
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            ObjectProvider<Clock> clock) {
        return new ParkedEvents(
                JdbcClient.create(dataSource), transactions(transactionManager), clock(clock));
    }

    @Bean
    EventFollowers eventFollowers(
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            ParkedEvents parkedEvents,
            ObjectProvider<MeterRegistry> metrics,
            ObjectProvider<Clock> clock) {
        return new EventFollowers(
                JdbcClient.create(dataSource),
                new TransactionTemplate(transactionManager), // FeedCursors.lock limits them.
                parkedEvents,
                metrics.getIfAvailable(SimpleMeterRegistry::new),
                clock(clock));
    }

    private static TransactionTemplate transactions(PlatformTransactionManager manager) {
        var transactions = new TransactionTemplate(manager);
        transactions.setTimeout((int) LONGEST_TRANSACTION.toSeconds());
        return transactions;
    }

    private static Clock clock(ObjectProvider<Clock> clock) {
        return clock.getIfAvailable(Clock::systemUTC);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthChecks {
        @Bean
        FollowersHealth followersHealthIndicator(EventFollowers followers) {
            return new FollowersHealth(followers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("ferry.events.publish")
    static class Publishing {
        @Bean
        Outbox outbox(DataSource dataSource) {
            return new Outbox(new JdbcTemplate(dataSource));
        }

        @Bean
        StaffActs staffActs(
                Outbox outbox,
                PlatformTransactionManager transactionManager,
                ObjectProvider<Clock> clock) {
            return new StaffActs(outbox, new TransactionTemplate(transactionManager), clock(clock));
        }

        @Bean
        OutboxReader outboxReader(DataSource dataSource, Outbox outbox) {
            return new OutboxReader(new JdbcTemplate(dataSource), outbox.signal());
        }

        @Bean
        OutboxUpkeep outboxUpkeep(
                DataSource dataSource,
                Outbox outbox,
                OutboxReader reader,
                EventsProperties properties,
                ObjectProvider<MeterRegistry> metrics,
                ObjectProvider<Clock> clock) {
            var upkeep =
                    new OutboxUpkeep(
                            new JdbcTemplate(dataSource),
                            outbox.signal(),
                            properties.retention(),
                            clock(clock));
            metrics.ifAvailable(registry -> upkeep.measure(reader, registry));
            return upkeep;
        }

        @Bean
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        FeedController feedController(
                OutboxReader reader, @Value("${spring.application.name}") String application) {
            return new FeedController(reader, application);
        }
    }
}
