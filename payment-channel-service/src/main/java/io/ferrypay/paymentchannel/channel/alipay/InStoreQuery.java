package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.alipay.AlipayChannel.Found;
import io.ferrypay.paymentchannel.channel.alipay.AlipayClient.Operation;
import java.time.Instant;
import java.util.Map;

/**
 * Asks about an order placed by {@code precreate}. It exists at Alipay from the first scan of its
 * code on, so "no such order" may also mean that nobody has scanned it.
 */
final class InStoreQuery {

    private InStoreQuery() {}

    static Found ask(
            AlipayClient client, String orderNumber, AlipayClient.Hurry hurry, Instant now) {
        var answer =
                client.call(
                        Operation.QUERY_IN_STORE, Map.of("partner_trans_id", orderNumber), hurry);
        return switch (answer) {
            case AlipayAnswer.Told told -> read(told, orderNumber, now);
            case AlipayAnswer.Refused(var code) when code.equals(AlipayTrade.NOT_EXIST) ->
                    new Found(new ChannelOutcome.NeverSeen(), null);
            case AlipayAnswer.Refused(var code) -> Found.unknown(code);
            case AlipayAnswer.Bare _ -> Found.unknown("an answer without a trade");
            case AlipayAnswer.NotNow(var why) -> Found.unknown(why);
            case AlipayAnswer.Unknown(var why) -> Found.unknown(why);
        };
    }

    private static Found read(AlipayAnswer.Told told, String orderNumber, Instant now) {
        if (!told.field("result_code").equals("SUCCESS")) {
            return told.code().equals(AlipayTrade.NOT_EXIST)
                    ? new Found(new ChannelOutcome.NeverSeen(), told)
                    : Found.unknown("result_code " + told.code());
        }
        // The number comes back under one of two names, depending on the product.
        var partnerTransId = told.field("partner_trans_id");
        var number = partnerTransId.isEmpty() ? told.field("out_trade_no") : partnerTransId;
        return number.equals(orderNumber)
                ? new Found(AlipayTrade.ofInStoreQuery(told.fields(), now), told)
                : Found.unknown("an answer about another order");
    }
}
