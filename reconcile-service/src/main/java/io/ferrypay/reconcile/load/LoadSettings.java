package io.ferrypay.reconcile.load;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param files the folder that statements and copies of our own records are kept in
 * @param edge how much of the days beside a day its copy has: clocks differ
 * @param engine what compares
 */
@ConfigurationProperties("ferry.reconcile")
public record LoadSettings(
        Path files,
        @DefaultValue("30m") Duration edge,
        @DefaultValue("postgresql") Engine engine) {}
