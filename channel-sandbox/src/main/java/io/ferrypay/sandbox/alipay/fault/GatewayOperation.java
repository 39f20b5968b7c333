package io.ferrypay.sandbox.alipay.fault;

import org.jspecify.annotations.Nullable;

/** The services that can be made to misbehave, and their names on the wire. */
public enum GatewayOperation {
    CREATE("create_forex_trade"),
    CREATE_WAP("create_forex_trade_wap"),
    PRECREATE("alipay.acquire.precreate"),
    QUERY("single_trade_query"),
    OVERSEAS_QUERY("alipay.acquire.overseas.query"),
    CLOSE("alipay.acquire.close"),
    CANCEL("alipay.acquire.cancel"),
    SPOT_PAY("alipay.acquire.overseas.spot.pay"),
    REFUND("forex_refund"),
    SPOT_REFUND("alipay.acquire.overseas.spot.refund"),
    VERIFY("notify_verify"),
    RATES("forex_rate_file"),
    STATEMENT("forex_compare_file"),
    LIQUIDATION("forex_liquidation_file");

    private final String service;

    GatewayOperation(String service) {
        this.service = service;
    }

    public static @Nullable GatewayOperation ofService(String service) {
        for (var operation : values()) {
            if (operation.service.equals(service)) {
                return operation;
            }
        }
        return null;
    }
}
