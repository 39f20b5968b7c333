package io.ferrypay.merchant.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param folder where mails are written as files instead of being sent, for a machine without a
 *     mail server; everybody who can read it can sign in as anybody, so never in a deployment
 * @param from the sender's address
 */
@ConfigurationProperties("ferry.mail")
record MailProperties(
        @Nullable Path folder, @DefaultValue("no-reply@ferrypay.example") String from) {}
