package io.ferrypay.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** A bounded number of places; never makes anybody wait. */
final class Places {

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    Places(int most) {
        this.most = most;
    }

    boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        free();
        return false;
    }

    void free() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
