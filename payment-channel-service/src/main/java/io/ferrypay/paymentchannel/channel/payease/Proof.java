package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.payease.Mac.Value;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a return and a notification have in common. {@code v_sign} is the real proof:
 * only Payease can make it. {@code v_md5money} covers an amount and a number without anything
 * between them and without the order, so it proves little; {@code v_mac} covers what only people
 * read.
 */
final class Proof {

    private Proof() {}

    /** Why the message proves nothing; null when it does. */
    static @Nullable Refusal missing(
            PayeaseAccount account, WireForm form, String[] signed, String mac, Value... covered) {
        var sign = form.get("v_sign");
        var money = form.get("v_md5money");
        var amount = form.get("v_amount");
        var moneyType = form.get("v_moneytype");
        if (sign == null || money == null || amount == null || moneyType == null) {
            return Refusal.MISSING_FIELD;
        }
        if (!account.sign().covers(sign, signed)) {
            return Refusal.WRONG_SIGN;
        }
        if (!account.mac().fits(money, amount, moneyType)) {
            return Refusal.WRONG_MD5MONEY;
        }
        var candidate = form.get(mac);
        var encoding = candidate == null ? null : account.mac().fitting(candidate, covered);
        count(encoding);
        return encoding == null && account.settings().macRequired() ? Refusal.WRONG_MAC : null;
    }

    /** Nobody knows for sure how Payease makes this one: here it shows. */
    private static void count(Mac.@Nullable Encoding encoding) {
        Metrics.counter(
                        "ferry.channel.payease.macs",
                        "fits",
                        encoding == null ? "none" : encoding.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
