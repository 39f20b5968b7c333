package io.ferrypay.tradeadmin.staff;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param sessionLife the longest life of a session; {@code spring.session.timeout} ends one that is
 *     not used
 * @param firstLinksFile where the links for the first two people are written, readable by the owner
 *     alone; without it nobody can begin
 */
@ConfigurationProperties("ferry.staff")
record StaffProperties(@DefaultValue("10h") Duration sessionLife, @Nullable Path firstLinksFile) {}
