package io.ferrypay.merchant.merchant;

import jakarta.persistence.Embeddable;

/**
 * How WeChat Pay knows a merchant.
 *
 * @param subMchid number of the sub-merchant under our institution, up to 32 characters
 * @param mcc four-digit merchant category code
 */
@Embeddable
public record WechatRegistration(String subMchid, String mcc) {

    public WechatRegistration {
        if (!subMchid.matches("[0-9A-Za-z]{1,32}")) {
            throw new IllegalArgumentException("sub_mchid has 1 to 32 letters and digits");
        }
        if (!mcc.matches("[0-9]{4}")) {
            throw new IllegalArgumentException("mcc has four digits");
        }
    }
}
