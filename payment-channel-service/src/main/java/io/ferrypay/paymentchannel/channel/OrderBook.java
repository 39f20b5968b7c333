package io.ferrypay.paymentchannel.channel;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Our own orders, for a channel whose messages do not say all that finds one, or that hands out no
 * statement and has to be asked about each of a day's orders.
 */
public interface OrderBook {

    /** The order of that number, if it was begun with that account. */
    Optional<OrderKey> find(String accountId, String orderNumber);

    /**
     * The account's orders of a Beijing day that are paid at a bank, by number: those we hold as
     * paid on that day, and those begun on it that we do not hold as paid.
     *
     * @param after only numbers greater than this; empty for the first page
     * @param limit how many at most
     */
    List<BookedOrder> ofDay(String accountId, LocalDate day, String after, int limit);

    /**
     * @param paid whether we hold it as paid
     */
    record BookedOrder(OrderKey key, boolean paid) {}
}
