package io.ferrypay.paymentchannel.channel.wechat;

import org.jspecify.annotations.Nullable;

/**
 * WeChat's error codes, matched by code alone: messages change with language and time. The older
 * and the newer spelling of a code are one error.
 */
enum WechatError {
    PARAM_ERROR(Meaning.REFUSED),
    /** A rule is broken; on creation also: same order number, different parameters. */
    INVALID_REQUEST(Meaning.REFUSED),
    OUT_TRADE_NO_USED(Meaning.REFUSED),
    ORDER_PAID(Meaning.REFUSED),
    ORDER_CLOSED(Meaning.REFUSED),
    ORDER_NOT_EXIST(Meaning.REFUSED),
    TRADE_ERROR(Meaning.REFUSED),
    RULE_LIMIT(Meaning.REFUSED),
    ACCOUNT_ERROR(Meaning.REFUSED),
    /** The payment is too long ago to be refunded. */
    TRADE_OVERDUE(Meaning.REFUSED),
    /**
     * Of a refund: the merchant has not taken enough today to refund from; that passes. Of a
     * charge: the payer has not enough.
     */
    NOT_ENOUGH(Meaning.REFUSED),
    /** The payer has to confirm in the wallet: no refusal, though it comes as an error code. */
    USER_PAYING(Meaning.REFUSED),
    /** The code is wrong, too old, used, or of another wallet. */
    AUTH_CODE_INVALID(Meaning.REFUSED),
    USER_ACCOUNT_ABNORMAL(Meaning.REFUSED),
    /** A charge that has been taken back. */
    ORDER_REVERSED(Meaning.REFUSED),
    NO_STATEMENT_EXIST(Meaning.REFUSED),
    STATEMENT_CREATING(Meaning.REFUSED),
    SIGN_ERROR(Meaning.MISCONFIGURED),
    NO_AUTH(Meaning.MISCONFIGURED),
    APPID_MCHID_NOT_MATCH(Meaning.MISCONFIGURED),
    MCH_NOT_EXISTS(Meaning.MISCONFIGURED),
    RESOURCE_NOT_EXISTS(Meaning.MISCONFIGURED),
    RATE_LIMITED(Meaning.NOT_NOW),
    SYSTEM_ERROR(Meaning.UNKNOWN),
    BANK_ERROR(Meaning.UNKNOWN),
    NEED_RETRY(Meaning.UNKNOWN);

    enum Meaning {
        /** No, and nothing happened. */
        REFUSED,
        /** Our set-up is wrong. */
        MISCONFIGURED,
        /** Not processed; later, please. */
        NOT_NOW,
        /** It may have happened. */
        UNKNOWN
    }

    private final Meaning meaning;

    WechatError(Meaning meaning) {
        this.meaning = meaning;
    }

    Meaning meaning() {
        return meaning;
    }

    /** The error a code stands for, or null for a code nobody told us about. */
    static @Nullable WechatError of(@Nullable String code) {
        return switch (code) {
            case "PARAM_ERROR" -> PARAM_ERROR;
            case "INVALID_REQUEST" -> INVALID_REQUEST;
            case "OUT_TRADE_NO_USED" -> OUT_TRADE_NO_USED;
            case "ORDERPAID", "ORDER_PAID" -> ORDER_PAID;
            case "ORDERCLOSED", "ORDER_CLOSED" -> ORDER_CLOSED;
            case "ORDERNOTEXIST", "ORDER_NOT_EXIST", "ORDER_NOT_EXISTS" -> ORDER_NOT_EXIST;
            case "TRADE_ERROR" -> TRADE_ERROR;
            case "RULE_LIMIT", "RULELIMIT" -> RULE_LIMIT;
            case "ACCOUNT_ERROR", "ACCOUNTERROR" -> ACCOUNT_ERROR;
            case "TRADE_OVERDUE" -> TRADE_OVERDUE;
            case "NOT_ENOUGH", "NOTENOUGH" -> NOT_ENOUGH;
            case "USERPAYING", "USER_PAYING" -> USER_PAYING;
            case "AUTH_CODE_INVALID", "AUTH_CODE_ERROR", "AUTHCODEEXPIRE", "AUTH_CODE_EXPIRE" ->
                    AUTH_CODE_INVALID;
            case "USER_ACCOUNT_ABNORMAL" -> USER_ACCOUNT_ABNORMAL;
            case "ORDERREVERSED", "ORDER_REVERSED" -> ORDER_REVERSED;
            case "NO_STATEMENT_EXIST" -> NO_STATEMENT_EXIST;
            case "STATEMENT_CREATING" -> STATEMENT_CREATING;
            case "SIGN_ERROR" -> SIGN_ERROR;
            case "NO_AUTH", "NOAUTH" -> NO_AUTH;
            case "APPID_MCHID_NOT_MATCH", "MCHID_APPID_NOT_MATCH" -> APPID_MCHID_NOT_MATCH;
            case "MCH_NOT_EXISTS" -> MCH_NOT_EXISTS;
            case "RESOURCE_NOT_EXISTS" -> RESOURCE_NOT_EXISTS;
            case "FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "RATE_LIMITED" -> RATE_LIMITED;
            case "SYSTEMERROR", "SYSTEM_ERROR" -> SYSTEM_ERROR;
            case "BANKERROR", "BANK_ERROR" -> BANK_ERROR;
            case "BIZERR_NEED_RETRY" -> NEED_RETRY;
            case null, default -> null;
        };
    }
}
