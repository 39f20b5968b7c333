package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.payease.Mac.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Payease posts by itself: one or several orders, their values joined in six lists. */
sealed interface Notification {

    /** Proven, whatever the orders turn out to be. */
    record About(List<OrderState> orders) implements Notification {}

    /**
     * @param signed whether Payease's sign was on it
     */
    record Refused(Refusal why, boolean signed) implements Notification {}

    /** Our own bound; batches of up to ten are expected. */
    int MOST_ORDERS = 100;

    Pattern SEPARATOR = Pattern.compile(Pattern.quote("|_|"));

    static Notification read(PayeaseAccount account, byte[] raw) {
        var form = WireForm.read(raw, account.settings().page().charset());
        if (form == null) {
            return new Refused(Refusal.UNREADABLE, false);
        }
        var count = form.get("v_count");
        var oids = form.get("v_oid");
        var statuses = form.get("v_pstatus");
        var amounts = form.get("v_amount");
        var moneyTypes = form.get("v_moneytype");
        if (count == null
                || oids == null
                || statuses == null
                || amounts == null
                || moneyTypes == null) {
            return new Refused(Refusal.MISSING_FIELD, false);
        }
        var banks = orEmpty(form.get("v_pmode"));
        var words = orEmpty(form.get("v_pstring"));
        var missing =
                Proof.missing(
                        account,
                        form,
                        new String[] {oids, statuses, amounts, moneyTypes, count},
                        "v_mac",
                        Value.code(oids),
                        Value.words(banks),
                        Value.code(statuses),
                        Value.words(words),
                        Value.code(count));
        if (missing != null) {
            return new Refused(missing, false);
        }
        return split(count, oids, banks, statuses, words, amounts, moneyTypes);
    }

    private static Notification split(String count, String... lists) {
        var wanted = count(count);
        if (wanted == null) {
            return new Refused(Refusal.WRONG_COUNT, true);
        }
        var values = new ArrayList<String[]>();
        for (var list : lists) {
            var members = SEPARATOR.split(list, -1);
            if (members.length != wanted) {
                return new Refused(Refusal.WRONG_COUNT, true);
            }
            values.add(members);
        }
        var orders = new ArrayList<OrderState>();
        for (int i = 0; i < wanted; i++) {
            orders.add(
                    new OrderState(
                            values.get(0)[i],
                            values.get(1)[i],
                            values.get(2)[i],
                            values.get(3)[i],
                            values.get(4)[i],
                            values.get(5)[i],
                            null));
        }
        return new About(orders);
    }

    private static @Nullable Integer count(String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            return null;
        }
        int count = Integer.parseInt(text);
        return count <= MOST_ORDERS ? count : null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
