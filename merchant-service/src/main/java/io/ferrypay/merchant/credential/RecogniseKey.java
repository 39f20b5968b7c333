package io.ferrypay.merchant.credential;

import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the credential a secret belongs to, if it may be used now. */
@Service
public class RecogniseKey {

    private final Credentials credentials;
    private final Clock clock;

    RecogniseKey(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<Credential> recognise(String secretText) {
        return Secret.parse(secretText)
                .flatMap(secret -> credentials.findBySecretHash(secret.hash()))
                .filter(credential -> credential.usableAt(clock.instant()));
    }
}
