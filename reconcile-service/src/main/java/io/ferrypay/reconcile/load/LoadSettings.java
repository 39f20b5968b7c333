package io.ferrypay.reconcile.load;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param files the folder that statements are kept in, as they came
 */
@ConfigurationProperties("ferry.reconcile")
record LoadSettings(Path files) {}
