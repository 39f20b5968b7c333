package io.ferrypay.gateway.access;

import reactor.core.publisher.Mono;

/** Who knows which till has signed a request. Asked about each request: none is good twice. */
interface DeviceDirectory {

    Mono<Authentication> lookUp(SignedRequest request);
}
