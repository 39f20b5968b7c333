package io.ferrypay.signin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of a sign-in, for a service that has people. */
@AutoConfiguration(
        afterName = {
            "io.ferrypay.identity.IdentityAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration"
        })
class SignInAutoConfiguration {

    @Bean
    Vault vault(@Value("${ferry.secrets.key}") String key) {
        return new Vault(key);
    }

    @Bean
    Passwords passwords(MeterRegistry meters) {
        return new Passwords(meters);
    }

    @Bean
    Tries tries(JdbcClient jdbc, Clock clock) {
        return new Tries(jdbc, clock);
    }

    @Bean
    SecondFactors secondFactors(
            JdbcClient jdbc,
            Vault vault,
            Tries tries,
            Clock clock,
            TransactionTemplate transactions) {
        return new SecondFactors(jdbc, vault, tries, clock, transactions);
    }

    @Bean
    PendingSignIn pendingSignIn(Clock clock) {
        return new PendingSignIn(clock);
    }
}
