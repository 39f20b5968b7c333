package io.ferrypay.sandbox.wechat.order;

/**
 * Whose wallet pays.
 *
 * @param openid the payer as the institution's app knows them
 * @param bankType the card behind the wallet, opaque
 */
public record PaidBy(String openid, String bankType) {

    /** How every openid of the institution's app begins. */
    public static final String OPENID_PREFIX = "oSbxFerry";

    /** The sandbox's one person, unless somebody names another. */
    public static final PaidBy TEST_PAYER = new PaidBy("oSbxFerryTestPayer0000000001", "CMB_DEBIT");
}
