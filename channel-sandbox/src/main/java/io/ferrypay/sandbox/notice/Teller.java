package io.ferrypay.sandbox.notice;

/**
 * What is a company's own about its notifications.
 *
 * @param <N> something that there is to tell
 * @param <F> how telling it goes wrong
 * @param <S> one copy of it that was sent, with the answer
 */
public interface Teller<N, F extends Copies, S> {

    /** Names what there is to tell; the same is told by one loop only. */
    String key(N news);

    /** The faults in force about this. */
    F faults(N news);

    /**
     * Sends one copy and waits for the answer.
     *
     * @param attempt counted from 1; 0 when somebody asked for it
     */
    S send(N news, int attempt, F with) throws InterruptedException;

    /** What is shown of an attempt that was lost on the way. */
    S lose(N news, int attempt);

    boolean accepted(S sent);

    /** Keeps it over a restart, before its first attempt. */
    default void begun(N news) {}

    /** Keeps over a restart how far telling has come. */
    void keep(N news, Progress progress);
}
