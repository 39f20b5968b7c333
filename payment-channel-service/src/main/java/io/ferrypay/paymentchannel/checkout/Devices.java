package io.ferrypay.paymentchannel.checkout;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tells devices by what their browsers call themselves. Wallets rename themselves, and JD's word is
 * not confirmed (ux.md 2.1), so the words are settings.
 *
 * @param wechat WeChat's own browser; asked first
 * @param alipay Alipay's
 * @param jd JD's apps
 * @param phone any browser on a phone or tablet
 */
@ConfigurationProperties("ferry.devices")
public record Devices(
        @DefaultValue("MicroMessenger") List<String> wechat,
        @DefaultValue({"AlipayClient", "AliApp(AP/"}) List<String> alipay,
        @DefaultValue({"jdapp", "JDJR-App"}) List<String> jd,
        @DefaultValue({"Android", "iPhone", "iPad", "Mobile", "HarmonyOS"}) List<String> phone) {

    /** Longer than any genuine one. */
    private static final int MOST_CHARACTERS = 1_024;

    /** The device whose browser calls itself that; a computer when it says nothing. */
    public Device of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.length() > MOST_CHARACTERS) {
            return Device.COMPUTER;
        }
        var said = userAgent.toLowerCase(Locale.ROOT);
        if (names(said, wechat)) {
            return Device.INSIDE_WECHAT;
        }
        if (names(said, alipay)) {
            return Device.INSIDE_ALIPAY;
        }
        if (names(said, jd)) {
            return Device.INSIDE_JD;
        }
        return names(said, phone) ? Device.PHONE : Device.COMPUTER;
    }

    private static boolean names(String said, List<String> words) {
        return words.stream().anyMatch(word -> said.contains(word.toLowerCase(Locale.ROOT)));
    }
}
