package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.alipay.AlipayChannel.Found;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.time.Instant;
import java.util.Map;

/**
 * Asks about an order placed by a page. Alipay looks among the orders of the partner who asks, and
 * tells yuan only.
 */
final class OnlineQuery {

    private OnlineQuery() {}

    static Found ask(
            AlipayClient client,
            AlipayProperties.Account account,
            String orderNumber,
            AlipayClient.Hurry hurry,
            Instant now) {
        var answer = client.call(Operation.QUERY, Map.of("out_trade_no", orderNumber), hurry);
        return switch (answer) {
            case AlipayAnswer.Told told -> {
                var seller = told.field("seller_id");
                yield told.field("out_trade_no").equals(orderNumber)
                                && (seller.isEmpty() || seller.equals(account.partner()))
                        ? new Found(AlipayTrade.ofQuery(told.fields(), now), told)
                        : Found.unknown("an answer about another order");
            }
            // The payer may not have logged in at the cashier yet.
            case AlipayAnswer.Refused(var code) when code.equals(AlipayTrade.NOT_EXIST) ->
                    new Found(new ChannelOutcome.Pending(false), null);
            case AlipayAnswer.Refused(var code) -> Found.unknown(code);
            case AlipayAnswer.Bare _ -> Found.unknown("an answer without a trade");
            case AlipayAnswer.NotNow(var why) -> Found.unknown(why);
            case AlipayAnswer.Unknown(var why) -> Found.unknown(why);
        };
    }
}
