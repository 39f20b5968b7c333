package io.ferrypay.sandbox.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the journal named by {@code ferry.sandbox.journal}; without a name there is none. */
@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    @Bean
    Journal journal(@Value("${ferry.sandbox.journal:}") @Nullable String path) throws IOException {
        return path == null || path.isBlank() ? Journal.none() : Journal.open(Path.of(path));
    }
}
