package io.ferrypay.paymentchannel.channel.payease;

import java.util.List;
import java.util.Optional;

/** The accounts of this process, in the order of their configuration. */
final class PayeaseAccounts {

    private final List<PayeaseAccount> accounts;

    PayeaseAccounts(List<PayeaseAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    List<PayeaseAccount> all() {
        return accounts;
    }

    Optional<PayeaseAccount> find(String id) {
        return accounts.stream().filter(account -> account.settings().id().equals(id)).findFirst();
    }

    /**
     * @throws IllegalStateException when an order names an account that is no longer configured
     */
    PayeaseAccount require(String id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("No Payease account is called " + id));
    }
}
