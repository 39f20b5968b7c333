package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers.IdentityAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the official account's servers who is looking at our page inside WeChat, silently ({@code
 * snsapi_base}). Neither the app's secret, which travels in the address, nor the openid is ever
 * written down here.
 */
final class WechatOauth {

    private static final Logger log = LoggerFactory.getLogger(WechatOauth.class);
    private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,128}");
    private static final int INVALID_CODE = 40029;
    private static final int USED_CODE = 40163;
    private static final int MAX_CODE_CHARACTERS = 512;

    private final WechatProperties.Account account;
    private final String secret;
    private final OkHttpClient http;
    private final CallGuard guard;

    WechatOauth(
            WechatProperties.Account account, String secret, OkHttpClient http, CallGuard guard) {
        this.account = account;
        this.secret = secret;
        this.http = http;
        this.guard = guard;
    }

    /** The order of the parameters and the fragment matter to WeChat. */
    URI authorizeUrl(URI callback, String state) {
        return URI.create(
                "%s?appid=%s&redirect_uri=%s&response_type=code&scope=snsapi_base&state=%s#wechat_redirect"
                        .formatted(
                                account.oauthAuthorizeUrl(),
                                encode(account.spAppid()),
                                encode(callback.toString()),
                                encode(state)));
    }

    IdentityAnswer openidOf(String code) {
        if (code.isBlank() || code.length() > MAX_CODE_CHARACTERS) {
            return new IdentityAnswer.Refused("no_code");
        }
        var answer =
                guard.around(
                        "identify",
                        () -> ask(code),
                        given -> !(given instanceof IdentityAnswer.Unknown),
                        IdentityAnswer.Unknown::new);
        if (!(answer instanceof IdentityAnswer.Known)) {
            log.warn("WeChat OAuth on account {}: {}", account.id(), answer);
        }
        return answer;
    }

    private IdentityAnswer ask(String code) {
        var url =
                HttpUrl.get(account.oauthApiUrl().toString())
                        .newBuilder()
                        .addPathSegments("sns/oauth2/access_token")
                        .addQueryParameter("appid", account.spAppid())
                        .addQueryParameter("secret", secret)
                        .addQueryParameter("code", code)
                        .addQueryParameter("grant_type", "authorization_code")
                        .build();
        try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
            return read(response);
        } catch (IOException e) {
            return new IdentityAnswer.Unknown(e.getClass().getSimpleName());
        }
    }

    private static IdentityAnswer read(Response response) throws IOException {
        if (response.code() != 200) {
            return new IdentityAnswer.Unknown("HTTP " + response.code());
        }
        JsonNode json;
        try {
            // WeChat says text/plain; it is JSON all the same.
            json = WechatJson.MAPPER.readTree(response.body().bytes());
        } catch (JacksonException e) {
            return new IdentityAnswer.Unknown("unreadable answer");
        }
        var error = json.path("errcode").asInt(0);
        if (error != 0) {
            return error == INVALID_CODE || error == USED_CODE
                    ? new IdentityAnswer.Refused(Integer.toString(error))
                    : new IdentityAnswer.Unknown("errcode " + error);
        }
        var openid = json.path("openid").asString("");
        return OPENID.matcher(openid).matches()
                ? new IdentityAnswer.Known(openid)
                : new IdentityAnswer.Unknown("no openid");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
