package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The ways to pay that a merchant allows, as one column: wire names with commas between. */
final class Methods {

    private Methods() {}

    static List<String> names(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(",", -1));
    }

    static Set<PaymentMethod> parse(String column) {
        var methods = EnumSet.noneOf(PaymentMethod.class);
        for (var name : names(column)) {
            PaymentMethod.ofWireName(name).ifPresent(methods::add);
        }
        return methods;
    }

    static String column(Iterable<PaymentMethod> methods) {
        var names = new StringBuilder();
        for (var method : methods) {
            names.append(names.isEmpty() ? "" : ",").append(method.wireName());
        }
        return names.toString();
    }
}
