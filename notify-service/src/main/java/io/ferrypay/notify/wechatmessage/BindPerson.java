package io.ferrypay.notify.wechatmessage;

import io.ferrypay.notify.secret.Vault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/**
 * What happens when a bind code is scanned: WeChat is asked who is looking ({@code snsapi_base},
 * which asks nobody), and whoever it is is bound, once. The code is the proof: only the merchant
 * can show it.
 */
@Service
public class BindPerson {

    private static final Logger log = LoggerFactory.getLogger(BindPerson.class);
    private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,128}");
    private static final Pattern CODE = Pattern.compile(BindCode.PATTERN);
    private static final int MOST_OAUTH_CODE = 512;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final OfficialAccounts accounts;
    private final WechatApi api;
    private final Vault vault;
    private final WechatMessageSettings settings;
    private final Clock clock;

    BindPerson(
            JdbcClient jdbc,
            TransactionOperations transactions,
            OfficialAccounts accounts,
            WechatApi api,
            Vault vault,
            WechatMessageSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.accounts = accounts;
        this.api = api;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    private record Waiting(String id, String merchantId, boolean livemode, String appid) {}

    /** Where a browser with a code goes next. */
    public sealed interface Begun {

        /** To WeChat, which sends it back. */
        record AskWechat(URI authorizeUrl) implements Begun {}

        /** The page was opened by something else than WeChat. */
        record NotWechat() implements Begun {}

        /** Never made, used, or too old. */
        record NoSuchCode() implements Begun {}
    }

    /** What came of coming back from WeChat. */
    public enum Finished {
        BOUND,
        /** Never made, used, or too old. */
        NO_SUCH_CODE,
        /** WeChat would not say who it is: scan again. */
        NOT_IDENTIFIED,
        /** WeChat did not answer: scan again, the code is still good. */
        NO_ANSWER
    }

    /**
     * @param inWechat whether the browser says it is WeChat's; in test mode any may play it
     */
    public Begun begin(String code, boolean inWechat) {
        var waiting = waiting(code);
        var account = waiting.flatMap(found -> accounts.of(found.appid()));
        if (waiting.isEmpty() || account.isEmpty()) {
            return new Begun.NoSuchCode();
        }
        if (!inWechat && waiting.get().livemode()) {
            return new Begun.NotWechat();
        }
        // The order of the parameters and the fragment matter to WeChat.
        return new Begun.AskWechat(
                URI.create(
                        "%s?appid=%s&redirect_uri=%s&response_type=code&scope=snsapi_base&state=%s#wechat_redirect"
                                .formatted(
                                        account.get().settings().authorizeUrl(),
                                        encoded(account.get().appid()),
                                        encoded(settings.publicUrl() + "/wechat/bound"),
                                        code)));
    }

    /** No transaction is open while WeChat is asked. */
    public Finished finish(String code, String oauthCode) {
        var waiting = waiting(code);
        var account = waiting.flatMap(found -> accounts.of(found.appid()));
        if (waiting.isEmpty() || account.isEmpty()) {
            return Finished.NO_SUCH_CODE;
        }
        if (oauthCode.isEmpty() || oauthCode.length() > MOST_OAUTH_CODE) {
            return Finished.NOT_IDENTIFIED;
        }
        JsonNode answer;
        try {
            answer =
                    api.get(
                            account.get(),
                            "sns/oauth2/access_token",
                            Map.of(
                                    "appid",
                                    account.get().appid(),
                                    "secret",
                                    account.get().secret(),
                                    "code",
                                    oauthCode,
                                    "grant_type",
                                    "authorization_code"));
        } catch (WechatApi.NoAnswer e) {
            log.warn("WeChat did not say who scanned a bind code: {}", e.getMessage());
            return Finished.NO_ANSWER;
        }
        var openid = answer.path("openid").asString("");
        if (!OPENID.matcher(openid).matches()) {
            log.warn(
                    "WeChat would not say who scanned a bind code: errcode {}",
                    answer.path("errcode").asInt(0));
            return Finished.NOT_IDENTIFIED;
        }
        return transactions.execute(_ -> bind(waiting.get(), openid))
                ? Finished.BOUND
                : Finished.NO_SUCH_CODE;
    }

    /** Whoever was bound to this merchant before is bound anew, under the label of now. */
    private boolean bind(Waiting waiting, String openid) {
        var owner = new KeepBindings.Owner(waiting.merchantId(), waiting.livemode());
        OneAtATime.of(jdbc, owner);
        var now = clock.instant();
        if (!stillWaits(waiting, now)) {
            return false;
        }
        var bytes = openid.getBytes(StandardCharsets.UTF_8);
        var mark = vault.mark("openid of " + waiting.appid(), bytes);
        jdbc.sql(
                        "select id from wechat_binding where merchant_id = ? and livemode = ? and openid_mark = ? and status = 'bound' for update")
                .params(owner.merchantId(), owner.livemode(), mark)
                .query(String.class)
                .list()
                .forEach(earlier -> Endings.end(jdbc, earlier, "bound_again", now));
        jdbc.sql(
                        "update wechat_binding set status = 'bound', sealed_openid = ?, openid_mark = ?, bound_at = ? where id = ?")
                .params(vault.seal(bytes), mark, KeepBindings.utc(now), waiting.id())
                .update();
        return true;
    }

    /** Asking WeChat took its time: the code may have been used, withdrawn or run out meanwhile. */
    private boolean stillWaits(Waiting waiting, Instant now) {
        return jdbc.sql(
                        "select id from wechat_binding where id = ? and status = 'waiting' and code_ends_at > ? for update")
                .params(waiting.id(), KeepBindings.utc(now))
                .query(String.class)
                .optional()
                .isPresent();
    }

    private Optional<Waiting> waiting(String code) {
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        return jdbc.sql(
                        "select id, merchant_id, livemode, appid from wechat_binding where code_hash = ? and status = 'waiting' and code_ends_at > ?")
                .params(BindCode.hash(code), KeepBindings.utc(clock.instant()))
                .query(Waiting.class)
                .optional();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
