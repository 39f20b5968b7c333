package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ProvidesRates.ChannelRate;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import io.ferrypay.xml.Xml;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The day's reference rates, which only the older interface tells: XML, one currency a call, and an
 * address that WeChat really spells so. A payment may be converted at another rate.
 */
final class WechatRates {

    private static final Logger log = LoggerFactory.getLogger(WechatRates.class);
    private static final MediaType XML = MediaType.get("text/xml; charset=utf-8");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** About when WeChat makes the day's rate. */
    private static final LocalTime MADE_AT = LocalTime.of(10, 0);

    private static final int RATE_SCALE = 8;

    private final WechatProperties.Account account;
    private final V2Signature signature;
    private final OkHttpClient http;
    private final CallGuard guard;
    private final Clock clock;

    WechatRates(
            WechatProperties.Account account,
            V2Signature signature,
            OkHttpClient http,
            CallGuard guard,
            Clock clock) {
        this.account = account;
        this.signature = signature;
        this.http = http;
        this.guard = guard;
        this.clock = clock;
    }

    /** What came of asking for one currency. */
    private sealed interface Answer {

        record Known(ChannelRate rate) implements Answer {}

        record None() implements Answer {}

        record Unknown(String why) implements Answer {}
    }

    RatesAnswer of(Set<String> currencies) {
        var known = new ArrayList<ChannelRate>();
        String trouble = null;
        var nothing = false;
        for (var currency : new TreeSet<>(currencies)) {
            switch (rate(currency)) {
                case Answer.Known(var rate) -> known.add(rate);
                case Answer.None _ -> nothing = true;
                case Answer.Unknown(var why) -> trouble = why;
            }
        }
        if (trouble != null) {
            log.warn("WeChat Pay rates of account {}: {}", account.id(), trouble);
        }
        if (!known.isEmpty() || currencies.isEmpty()) {
            return new RatesAnswer.Known(known);
        }
        if (nothing && trouble == null && isBeforeTheDaysRate()) {
            return new RatesAnswer.NotYet();
        }
        return new RatesAnswer.Unknown(trouble == null ? "no rate for any of them" : trouble);
    }

    private Answer rate(String currency) {
        return guard.around(
                "rates",
                () -> ask(currency),
                answer -> !(answer instanceof Answer.Unknown),
                Answer.Unknown::new);
    }

    private Answer ask(String currency) {
        var day = LocalDate.ofInstant(clock.instant(), BEIJING);
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("appid", account.spAppid());
        parameters.put("mch_id", account.spMchid());
        parameters.put("fee_type", currency);
        parameters.put("date", DAY.format(day));
        if (signature.kind() == V2Signature.Kind.HMAC_SHA256) {
            parameters.put("sign_type", "HMAC-SHA256");
        }
        parameters.put("sign", signature.of(parameters));
        var request =
                new Request.Builder()
                        .url(account.endpoint("/pay/queryexchagerate").toString())
                        .post(RequestBody.create(xml(parameters), XML))
                        .build();
        try (var response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                return new Answer.Unknown("HTTP " + response.code());
            }
            var body = response.body().byteStream().readNBytes(Xml.MOST_BYTES + 1);
            return Xml.fields(body)
                    .map(answer -> read(answer, currency, day))
                    .orElseGet(() -> new Answer.Unknown("unreadable answer"));
        } catch (IOException e) {
            return new Answer.Unknown(e.getClass().getSimpleName());
        }
    }

    private Answer read(Map<String, String> answer, String currency, LocalDate day) {
        if (!"SUCCESS".equals(answer.get("return_code"))) {
            // Unsigned, and its text is for people: a day without rate and a wrong request look
            // alike.
            return new Answer.None();
        }
        if (!signature.fits(answer)) {
            return new Answer.Unknown("wrong signature");
        }
        if (!account.spMchid().equals(answer.get("mch_id"))
                || !currency.equals(answer.get("fee_type"))
                || !DAY.format(day).equals(answer.get("rate_time"))) {
            return new Answer.Unknown("an answer to another question");
        }
        var rate = answer.getOrDefault("rate", "");
        if (rate.isEmpty()) {
            return new Answer.None();
        }
        if (!rate.matches("[0-9]{1,18}") || new BigDecimal(rate).signum() == 0) {
            return new Answer.Unknown("unreadable rate");
        }
        return new Answer.Known(
                new ChannelRate(
                        currency,
                        new BigDecimal(rate).movePointLeft(RATE_SCALE),
                        day.atTime(MADE_AT).toInstant(BEIJING)));
    }

    private boolean isBeforeTheDaysRate() {
        return clock.instant().atOffset(BEIJING).toLocalTime().isBefore(MADE_AT);
    }

    /** All values are letters and digits: there is nothing to escape. */
    private static byte[] xml(Map<String, String> parameters) {
        var xml = new StringBuilder("<xml>");
        parameters.forEach((name, value) -> xml.append("<%s>%s</%s>".formatted(name, value, name)));
        return xml.append("</xml>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
