package io.ferrypay.merchant.document;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param folder where documents are kept; every instance of this service sees the same one
 * @param atOnce how many uploads are in memory at the same time; each needs up to 25 MB
 * @param readAtOnce how many downloads are; each needs up to 10 MB, and one of them twice that
 * @param clamd ClamAV's daemon; without one nothing is scanned, and each document says so. Its
 *     {@code readTimeout} is for the whole of a scan
 */
@ConfigurationProperties("ferry.documents")
record DocumentProperties(
        Path folder,
        @DefaultValue("3") int atOnce,
        @DefaultValue("3") int readAtOnce,
        @Nullable Clamd clamd) {

    record Clamd(
            String host,
            @DefaultValue("3310") int port,
            @DefaultValue("2s") Duration connectTimeout,
            @DefaultValue("30s") Duration readTimeout) {}
}
