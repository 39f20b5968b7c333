package io.ferrypay.merchant.store;

import java.time.ZoneId;

/**
 * What a merchant says of a store.
 *
 * @param name as shoppers see it
 * @param address as one line
 * @param timeZone in which its days begin and end, such as {@code Pacific/Auckland}
 */
public record NewStore(String name, String address, ZoneId timeZone) {}
