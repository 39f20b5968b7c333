package io.ferrypay.sandbox.notice;

/** How often, how late and how many times too many a notification goes out. */
public interface Copies {

    /** How many more copies follow, one after another, once it was accepted. */
    int duplicate();

    /** How many copies of each attempt are sent at the same moment; 0 is one, as 1 is. */
    int parallel();

    /** How long the first attempt waits, in true milliseconds. */
    long delayMs();

    /** How many attempts are lost on the way. */
    int drop();
}
