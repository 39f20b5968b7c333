package io.ferrypay.reconcile.load;

/** Where lines and records are laid beside each other. Both say the same. */
public enum Engine {
    /** In tables of a day. */
    POSTGRESQL,
    /** In files of the store, by as many machines as a cluster has. */
    SPARK
}
