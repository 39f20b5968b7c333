package io.ferrypay.notify.wechatmessage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The official accounts this platform writes from. */
@Component
class OfficialAccounts {

    private final Map<String, OfficialAccount> byAppid = new LinkedHashMap<>();
    private final Map<Boolean, OfficialAccount> byMode = new LinkedHashMap<>();

    OfficialAccounts(WechatMessageSettings settings) {
        for (var account : settings.accounts()) {
            if (!account.mode().equals("test") && !account.mode().equals("live")) {
                throw new IllegalStateException(
                        "ferry.wechat-messages.accounts: the mode of "
                                + account.appid()
                                + " is test or live");
            }
            var known =
                    new OfficialAccount(
                            account,
                            read(account, account.secretFile()),
                            account.tokenFile() == null
                                    ? null
                                    : read(account, account.tokenFile()));
            byAppid.put(account.appid(), known);
            if (byMode.put(account.livemode(), known) != null) {
                throw new IllegalStateException(
                        "ferry.wechat-messages.accounts: two accounts in " + account.mode());
            }
        }
    }

    private static String read(WechatMessageSettings.Account account, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A secret of official account " + account.appid() + " can't be read", e);
        }
    }

    Optional<OfficialAccount> of(boolean livemode) {
        return Optional.ofNullable(byMode.get(livemode));
    }

    /** Empty when an account was taken out of the settings while people are bound to it. */
    Optional<OfficialAccount> of(String appid) {
        return Optional.ofNullable(byAppid.get(appid));
    }
}
