package io.ferrypay.tradeadmin.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.ferrypay.events.Event;
import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedPage;
import io.ferrypay.events.FollowerSettings;
import io.ferrypay.tradeadmin.pricing.PriceLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of its own that books what a stumbling feed tells, until it is killed or all is read.
 * It is what {@link SoakTest} kills: the real follower and what books, without the rest of the
 * service, so that it is back in a second or two.
 */
final class KilledBookkeeper {

    /** The variable that has the password of the database. */
    static final String PASSWORD = "BOOKS_PASSWORD";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private KilledBookkeeper() {}

    /**
     * @param arguments the database, its user, the file with what is told, a seed
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("books.url", arguments[0]);
        System.setProperty("books.user", arguments[1]);
        var feed = new StumblingFeed(read(Path.of(arguments[2])), Long.parseLong(arguments[3]));
        var settings =
                new FollowerSettings(
                        EventFeed.LARGEST_PAGE,
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ofMillis(50),
                        5,
                        Duration.ofMillis(5));
        try (var context = new AnnotationConfigApplicationContext(Books.class)) {
            var follower =
                    context.getBean(EventFollowers.class)
                            .follow(
                                    "soak",
                                    feed,
                                    context.getBean(TakePaymentEvents.class),
                                    settings);
            follower.start();
            var end = System.nanoTime() + LONGEST_LIFE.toNanos();
            while (!feed.isAtEnd() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            follower.stop();
        }
        System.exit(feed.isAtEnd() ? 0 : 1);
    }

    static void write(Path file, List<Event> events) throws IOException {
        var lines =
                events.stream()
                        .map(event ->
                                JSON.createObjectNode()
                                        .put("id", event.id())
                                        .put("type", event.type())
                                        .put("subject", event.subject())
                                        .put("version", event.version())
                                        .put("time", event.time().toString())
                                        .set("data", event.data())
                                        .toString())
                        .toList();
        Files.write(file, lines);
    }

    private static List<Event> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JSON::readTree)
                .map(one ->
                        new Event(
                                one.path("id").asString(),
                                one.path("type").asString(),
                                one.path("subject").asString(),
                                one.path("version").asLong(),
                                Instant.parse(one.path("time").asString()),
                                one.path("data")))
                .toList();
    }

    /** Not a component: the service's own tests would find it. */
    @Import({TakePaymentEvents.class, PostJournals.class, Positions.class, Following.class})
    @ComponentScan(
            basePackageClasses = PriceLists.class,
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {FeeSchedule.class, PriceLists.class}))
    static class Books {

        @Bean
        DataSource dataSource() {
            var source = new HikariDataSource();
            source.setJdbcUrl(System.getProperty("books.url"));
            source.setUsername(System.getProperty("books.user"));
            source.setPassword(System.getenv(PASSWORD));
            source.setMaximumPoolSize(3);
            return source;
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    /** After the data source is known, as in the service. */
    static class Following implements DeferredImportSelector {
        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[] {"io.ferrypay.events.EventsAutoConfiguration"};
        }
    }

    /** Pages of any size, some of them late, some not at all. */
    private static final class StumblingFeed implements EventFeed {
        private final List<Event> told;
        private final Random random;
        private volatile boolean end;

        private StumblingFeed(List<Event> told, long seed) {
            this.told = told;
            this.random = new Random(seed);
        }

        boolean isAtEnd() {
            return end;
        }

        @Override
        public FeedPage read(String cursor, int limit, Duration wait) {
            var from = Integer.parseInt(cursor.substring(2));
            end = from == told.size();
            sleep(random.nextInt(10) == 0 ? 40 : 1);
            if (random.nextInt(25) == 0) {
                throw new IllegalStateException("The feed stumbles");
            }
            var to = Math.min(told.size(), from + 1 + random.nextInt(limit));
            if (random.nextInt(6) == 0) {
                to = Math.min(to, from + 3);
            }
            var entries = new ArrayList<FeedPage.Entry>();
            for (var i = from; i < to; i++) {
                entries.add(new FeedPage.Entry(told.get(i), "0-" + (i + 1)));
            }
            return new FeedPage(entries, "0-" + to);
        }

        private static void sleep(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
