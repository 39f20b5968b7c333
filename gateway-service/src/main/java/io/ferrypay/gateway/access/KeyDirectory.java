package io.ferrypay.gateway.access;

import reactor.core.publisher.Mono;

/** Knows every API key there is: merchant-service. */
interface KeyDirectory {

    /** Fails when the directory can't be asked, which says nothing about the key. */
    Mono<Authentication> lookUp(ApiKey key);
}
