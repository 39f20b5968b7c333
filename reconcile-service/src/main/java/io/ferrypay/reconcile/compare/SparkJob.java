package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.nio.file.Path;

/** Carries out one order of a large step. */
interface SparkJob {

    /**
     * Returns when all of it is done.
     *
     * @param order the file of properties that says what
     * @param log where what the job says of itself goes
     * @throws IOException when it cannot be started
     * @throws IllegalStateException when it fails or takes too long; then nothing of its answer
     *     counts
     */
    void run(Path order, Path log) throws IOException;
}
