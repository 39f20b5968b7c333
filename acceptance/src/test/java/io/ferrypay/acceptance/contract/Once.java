package io.ferrypay.acceptance.contract;

import java.util.function.Supplier;

/** Something several tests look at, made by whichever of them comes first. */
final class Once<T> {

    private final Supplier<T> make;
    private T made;

    Once(Supplier<T> make) {
        this.make = make;
    }

    synchronized T get() {
        if (made == null) {
            made = make.get();
        }
        return made;
    }
}
