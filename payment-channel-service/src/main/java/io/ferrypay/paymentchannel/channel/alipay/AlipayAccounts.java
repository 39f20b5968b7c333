package io.ferrypay.paymentchannel.channel.alipay;

import java.util.List;
import java.util.Optional;

/** The accounts of this process, in the order of their configuration. */
final class AlipayAccounts {

    private final List<AlipayAccount> accounts;

    AlipayAccounts(List<AlipayAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    List<AlipayAccount> all() {
        return accounts;
    }

    Optional<AlipayAccount> find(String id) {
        return accounts.stream().filter(account -> account.settings().id().equals(id)).findFirst();
    }

    /**
     * @throws IllegalStateException when an order names an account that is no longer configured
     */
    AlipayAccount require(String id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("No Alipay account is called " + id));
    }
}
