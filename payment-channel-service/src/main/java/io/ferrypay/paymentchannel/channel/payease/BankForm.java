package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.Payer;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The form that takes the payer's browser to a bank. Its MAC covers the order and not the payer's
 * identity, so the form is always made here and never taken back from a browser.
 */
final class BankForm {

    /** {@code v_rcvpost} takes no more. */
    private static final int LONGEST_POST_CODE = 10;

    private static final String IDENTITY_CARD = "01";
    private static final String CHINA = "156";

    private BankForm() {}

    static Offer.SubmitForm of(
            PayeaseProperties.Account account,
            Mac mac,
            ChannelOrder order,
            PayeaseBank bank,
            Payer.@Nullable Identity identity) {
        var number = OrderNumber.of(account, order.key());
        var mid = account.merchantNumber();
        var oid = number.toString();
        var amount = Yuan.amount(order.key().amount());
        var url = account.returnUrl();
        var fields = new LinkedHashMap<String, String>();
        fields.put("v_mid", mid);
        fields.put("v_oid", oid);
        // Payease's own advice: the merchant number wherever a name is wanted, so that no charset
        // can break the MAC.
        fields.put("v_rcvname", mid);
        fields.put("v_rcvaddr", mid);
        fields.put("v_rcvtel", mid);
        fields.put("v_rcvpost", mid.substring(0, Math.min(mid.length(), LONGEST_POST_CODE)));
        fields.put("v_amount", amount);
        fields.put("v_ymd", number.day());
        fields.put("v_orderstatus", "1");
        fields.put("v_ordername", mid);
        fields.put("v_moneytype", Yuan.MONEY_TYPE);
        fields.put("v_url", url);
        fields.put("v_md5info", mac.of(Yuan.MONEY_TYPE, number.day(), amount, mid, oid, mid, url));
        fields.put("v_pmode", bank.pmode());
        if (identity != null) {
            fields.put("v_idtype", IDENTITY_CARD);
            fields.put("v_idnumber", identity.idNumber());
            fields.put("v_idname", identity.name());
            fields.put("v_idcountry", CHINA);
        }
        return new Offer.SubmitForm(account.orderUrl(), account.page().charset().name(), fields);
    }
}
