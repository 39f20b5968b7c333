package io.ferrypay.sandbox.wechat.order;

/** What WeChat says of an order; the names and descriptions are WeChat's. */
public enum TradeState {
    NOTPAY("订单未支付"),
    /** The payer of a shown code has to give the password. */
    USERPAYING("用户支付中，需要输入密码"),
    /** A shown code's charge was taken back, paid or not. */
    REVOKED("已撤销"),
    SUCCESS("支付成功"),
    REFUND("转入退款"),
    CLOSED("订单已关闭"),
    PAYERROR("支付失败");

    private final String description;

    TradeState(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
