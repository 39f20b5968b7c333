package io.ferrypay.paymentchannel.channel.wechat;

import java.util.List;
import java.util.Optional;

/** The accounts of this process, in the order of their configuration. */
final class WechatAccounts {

    private final List<WechatAccount> accounts;

    WechatAccounts(List<WechatAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    List<WechatAccount> all() {
        return accounts;
    }

    Optional<WechatAccount> find(String id) {
        return accounts.stream().filter(account -> account.settings().id().equals(id)).findFirst();
    }

    /**
     * @throws IllegalStateException when an order names an account that is no longer configured
     */
    WechatAccount require(String id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("No WeChat Pay account is called " + id));
    }
}
