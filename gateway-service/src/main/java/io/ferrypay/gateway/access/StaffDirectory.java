package io.ferrypay.gateway.access;

import reactor.core.publisher.Mono;

/** Knows every session of the console there is: trade-admin-service. */
interface StaffDirectory {

    /**
     * A token that speaks for the one who is signed in; empty when nobody is. Fails when the
     * directory can't be asked.
     *
     * @param address where the request came from
     */
    Mono<Known> lookUp(StaffCookie cookie, String address);

    /**
     * @param account the public name of the account
     * @param token for this request alone
     */
    record Known(String account, String token) {

        @Override
        public String toString() {
            return "Known[" + account + "]";
        }
    }
}
