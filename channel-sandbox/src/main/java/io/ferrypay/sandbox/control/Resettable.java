package io.ferrypay.sandbox.control;

/** Something of the sandbox that can forget all it knows. */
public interface Resettable {

    void reset();
}
