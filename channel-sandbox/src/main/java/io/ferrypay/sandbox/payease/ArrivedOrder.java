package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.SandboxClock;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the form with which a browser brings an order, as strictly as the protocol sheet. */
@Component("payeaseArrivedOrder")
class ArrivedOrder {

    private static final Pattern OID = Pattern.compile("([0-9]{8})-([0-9]+)-([A-Za-z0-9]{1,24})");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,10}\\.[0-9]{2}");
    private static final int LONGEST_OID = 64;

    private final Marks marks;
    private final PayeaseProperties properties;
    private final SandboxClock clock;

    ArrivedOrder(Marks marks, PayeaseProperties properties, SandboxClock clock) {
        this.marks = marks;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param direct whether the page is that of a bank, which the form must name then
     * @throws Refused saying what is wrong
     */
    Order read(Form form, boolean gbk, boolean direct) {
        var oid = OID.matcher(form.get("v_oid"));
        if (!oid.matches() || form.get("v_oid").length() > LONGEST_OID) {
            throw new Refused(Refused.INVALID_ORDER);
        }
        if (!form.get("v_mid").equals(properties.merchantNumber())
                || !oid.group(2).equals(properties.merchantNumber())) {
            throw new Refused("Invalid merchant");
        }
        if (!marks.isMac(
                form.orNull("v_md5info"),
                Form.charset(gbk),
                form.get("v_moneytype"),
                form.get("v_ymd"),
                form.get("v_amount"),
                form.get("v_rcvname"),
                form.get("v_oid"),
                form.get("v_mid"),
                form.get("v_url"))) {
            throw new Refused("Fingerprint invalid");
        }
        if (!oid.group(1).equals(form.get("v_ymd"))) {
            throw new Refused("Invalid order date");
        }
        require(form, "v_rcvname", 20);
        require(form, "v_rcvaddr", 100);
        require(form, "v_rcvtel", 20);
        require(form, "v_rcvpost", 10);
        require(form, "v_ordername", 20);
        if (!form.get("v_orderstatus").matches("[01]")) {
            throw new Refused("Invalid v_orderstatus");
        }
        if (!AMOUNT.matcher(form.get("v_amount")).matches()) {
            throw new Refused("Invalid amount");
        }
        if (!form.get("v_moneytype").equals("0")) {
            throw new Refused("Invalid money type");
        }
        var bank = Bank.ofPmode(form.orNull("v_pmode"));
        if (direct && bank == null) {
            throw new Refused("Invalid v_pmode");
        }
        return Order.placed(
                form.get("v_oid"),
                oid.group(3),
                form.get("v_ymd"),
                Long.parseLong(form.get("v_amount").replace(".", "")),
                url(form.get("v_url")),
                bank,
                gbk,
                payer(form),
                clock.instant());
    }

    private static void require(Form form, String name, int longest) {
        var value = form.get(name);
        if (value.isEmpty() || value.length() > longest) {
            throw new Refused("Invalid " + name);
        }
    }

    private static @Nullable String payer(Form form) {
        var name = form.orNull("v_idname");
        var number = form.orNull("v_idnumber");
        if (name == null && number == null) {
            return null;
        }
        if (name == null || number == null || !number.matches("[0-9]{15}|[0-9]{17}[0-9Xx]")) {
            throw new Refused("Invalid identity");
        }
        return name;
    }

    private static String url(String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw new Refused("Invalid v_url");
    }
}
