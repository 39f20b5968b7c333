package io.ferrypay.job;

import io.ferrypay.identity.KeyFiles;
import io.ferrypay.testkit.TestSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quartz.Scheduler;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One instance of the whole service; only the registry is replaced, by a fixed list. */
final class RunningJobService implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private RunningJobService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static void generateKeys(Path folder) {
        KeyFiles.generate(folder, List.of("job-service", "payment-channel-service"));
    }

    /**
     * @param settings {@code name=value}, over those of application.yml
     */
    static RunningJobService start(
            TestSchema schema, Path keys, String paymentChannel, String... settings) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "server.port=0",
                                "eureka.client.enabled=false",
                                "spring.cloud.discovery.client.simple.instances.payment-channel-service[0].uri="
                                        + paymentChannel,
                                "spring.cloud.discovery.client.simple.instances.trade-admin-service[0].uri="
                                        + paymentChannel,
                                "spring.cloud.discovery.client.simple.instances.reconcile-service[0].uri="
                                        + paymentChannel,
                                "spring.datasource.url=" + schema.jdbcUrl(),
                                "spring.datasource.username=" + schema.username(),
                                "spring.datasource.password=" + schema.password(),
                                "ferry.identity.private-key=" + keys.resolve("job-service.jwk"),
                                "ferry.identity.trusted-keys=" + keys.resolve("trusted.jwks")));
        arguments.addAll(List.of(settings));
        return new RunningJobService(
                new SpringApplicationBuilder(JobService.class)
                        .run(
                                arguments.stream()
                                        .map(argument -> "--" + argument)
                                        .toArray(String[]::new)));
    }

    Scheduler scheduler() {
        return context.getBean(Scheduler.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    @Override
    public void close() {
        context.close();
    }
}
