package io.ferrypay.merchant.onboarding;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param sanctionsFile the list that everybody in an onboarding is looked for in; without one, two
 *     people have to approve each
 */
@ConfigurationProperties("ferry.onboarding")
record OnboardingProperties(@Nullable Path sanctionsFile) {}
