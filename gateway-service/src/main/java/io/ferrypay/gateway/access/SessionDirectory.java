package io.ferrypay.gateway.access;

import reactor.core.publisher.Mono;

/** Knows every session of the portal there is: merchant-service. */
interface SessionDirectory {

    /** Fails when the directory can't be asked, which says nothing about the session. */
    Mono<Authentication> lookUp(PortalCookie cookie);
}
