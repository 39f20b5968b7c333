package io.ferrypay.reconcile.convert;

import java.util.Optional;
import java.util.stream.Stream;

/** A layout that we can read. The names are those of {@code Statement-Format}. */
public enum StatementFormat {
    WECHAT_GLOBAL("wechat-global-csv"),
    /** What {@code forex_compare_file} answers: nine columns between pipes, no headings. */
    ALIPAY_COMPARE("alipay-forex-compare"),
    ALIPAY_FPTRADE("alipay-fptrade"),
    /** In-store transactions, with a block about the file before the headings. */
    ALIPAY_TRANSACTION("alipay-transaction"),
    /** The lines of a settled batch, online or in-store. */
    ALIPAY_SETTLE("alipay-settle"),
    /** Of the newer generation: minor units, and complete only with {@code <END>}. */
    ALIPAY_TRANSACTION_ITEMS("alipay-transaction-items"),
    JDPAY_ZIP("jdpay-zip-gbk-csv"),
    /** Our own, since Payease has none. */
    PAYEASE_VIRTUAL("payease-virtual-csv");

    private final String wireName;

    StatementFormat(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Of which channel, such as {@code alipay}: a file of another one is none of an account's. */
    public String channel() {
        return switch (this) {
            case WECHAT_GLOBAL -> "wechat";
            case ALIPAY_COMPARE,
                    ALIPAY_FPTRADE,
                    ALIPAY_TRANSACTION,
                    ALIPAY_SETTLE,
                    ALIPAY_TRANSACTION_ITEMS ->
                    "alipay";
            case JDPAY_ZIP -> "jdpay";
            case PAYEASE_VIRTUAL -> "payease";
        };
    }

    public static Optional<StatementFormat> ofWireName(String name) {
        return Stream.of(values()).filter(format -> format.wireName.equals(name)).findFirst();
    }
}
