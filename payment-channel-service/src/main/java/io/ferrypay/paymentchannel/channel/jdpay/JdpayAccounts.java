package io.ferrypay.paymentchannel.channel.jdpay;

import java.util.List;
import java.util.Optional;

/** The accounts of this process, in the order of their configuration. */
final class JdpayAccounts {

    private final List<JdpayAccount> accounts;

    JdpayAccounts(List<JdpayAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    List<JdpayAccount> all() {
        return accounts;
    }

    Optional<JdpayAccount> find(String id) {
        return accounts.stream().filter(account -> account.settings().id().equals(id)).findFirst();
    }

    /**
     * @throws IllegalStateException when an order names an account that is no longer configured
     */
    JdpayAccount require(String id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("No JD Pay account is called " + id));
    }
}
