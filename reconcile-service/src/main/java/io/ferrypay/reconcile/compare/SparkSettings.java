package io.ferrypay.reconcile.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a job of Spark is started; only where {@code ferry.reconcile.engine} is {@code spark}.
 *
 * @param command such as {@code spark-submit} with its arguments, one a word, up to and with the
 *     jar of {@code reconcile-spark}; it is given the file of its order, and ends when the job has
 * @param files where the workers find the file store: a folder that all of them have, or an address
 *     that Hadoop knows; the store's own folder if not said
 * @param work a folder that all of them and we have, for what is asked and answered
 * @param timeout after which a job is ended
 */
@ConfigurationProperties("ferry.reconcile.spark")
record SparkSettings(
        @DefaultValue List<String> command,
        @Nullable String files,
        @Nullable Path work,
        @DefaultValue("4h") Duration timeout) {}
