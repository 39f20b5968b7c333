package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A book in which nothing is written. */
class NoOrders implements OrderBook {

    @Override
    public Optional<OrderKey> find(String accountId, String orderNumber) {
        return Optional.empty();
    }

    @Override
    public List<BookedOrder> ofDay(String accountId, LocalDate day, String after, int limit) {
        return List.of();
    }
}
