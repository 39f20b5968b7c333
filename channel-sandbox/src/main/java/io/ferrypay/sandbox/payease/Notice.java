package io.ferrypay.sandbox.payease;

import java.util.List;
import java.util.UUID;

/** A notification about one or several orders of one charset. */
record Notice(String id, List<Ending> endings) {

    Notice {
        endings = List.copyOf(endings);
    }

    /** A new one. */
    static Notice of(List<Ending> endings) {
        return new Notice(UUID.randomUUID().toString(), endings);
    }

    /**
     * How one order ended, or failed for now.
     *
     * @param status {@code v_pstatus} of a notification: 1 paid, 3 refused
     */
    record Ending(
            String oid,
            String number,
            String bankName,
            String status,
            String words,
            long fen,
            boolean gbk) {

        static Ending of(Order order) {
            return new Ending(
                    order.oid(),
                    order.number(),
                    order.bankName(),
                    order.state() == Order.State.PAID ? "1" : "3",
                    order.words(),
                    order.fen(),
                    order.gbk());
        }
    }
}
