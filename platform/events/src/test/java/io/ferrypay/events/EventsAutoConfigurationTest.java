package io.ferrypay.events;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class EventsAutoConfigurationTest {
    private final WebApplicationContextRunner service =
            new WebApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    DataSourceTransactionManagerAutoConfiguration.class,
                                    EventsAutoConfiguration.class))
                    .withPropertyValues("spring.application.name=some-service");

    @Test
    void a_service_publishes_only_if_it_says_so() {
        var withDatabase = service.withBean(DataSource.class, PGSimpleDataSource::new);

        withDatabase.run(context ->
                assertThat(context)
                        .hasSingleBean(EventFollowers.class)
                        .hasSingleBean(ParkedEvents.class)
                        .hasSingleBean(FollowersHealth.class)
                        .doesNotHaveBean(Outbox.class)
                        .doesNotHaveBean(FeedController.class));
        withDatabase
                .withPropertyValues("ferry.events.publish=true")
                .run(context ->
                        assertThat(context)
                                .hasSingleBean(Outbox.class)
                                .hasSingleBean(FeedController.class)
                                .hasSingleBean(OutboxUpkeep.class));
    }

    @Test
    void a_service_without_health_checks_starts_all_the_same() {
        service.withBean(DataSource.class, PGSimpleDataSource::new)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context ->
                        assertThat(context)
                                .hasSingleBean(EventFollowers.class)
                                .doesNotHaveBean("followersHealthIndicator"));
    }

    @Test
    void a_service_without_a_database_gets_nothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EventsAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(EventFollowers.class));
    }
}
