package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.cashier.Cashier;
import io.ferrypay.sandbox.alipay.order.AlipayRates;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeKind;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.paycode.PasswordsLater;
import io.ferrypay.sandbox.paycode.PayCodes;
import io.ferrypay.sandbox.paycode.PayCodes.Effect;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Charges the code in a payer's wallet.
 *
 * <p>Ours, because our sheet does not have them: the codes of the refusals, and that an order
 * exists after {@code BUYER_BALANCE_NOT_ENOUGH} and not after a bad code.
 */
@Component
class SpotPay {

    /** An order nobody confirms. */
    private static final Duration LIFETIME = Duration.ofMinutes(3);

    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private final Trades trades;
    private final Cashier cashier;
    private final PayCodes codes;
    private final PasswordsLater passwords;
    private final AlipayRates rates;
    private final AlipaySandboxProperties properties;
    private final SandboxClock clock;

    SpotPay(
            Trades trades,
            Cashier cashier,
            PayCodes codes,
            PasswordsLater passwords,
            AlipayRates rates,
            AlipaySandboxProperties properties,
            SandboxClock clock) {
        this.trades = trades;
        this.cashier = cashier;
        this.codes = codes;
        this.passwords = passwords;
        this.rates = rates;
        this.properties = properties;
        this.clock = clock;
    }

    Map<String, String> charge(GatewayCall call) {
        call.requireValue("alipay_seller_id", properties.partner());
        call.required("trans_name", 256);
        var number = call.required("partner_trans_id", 64);
        var currency = call.currency("currency", rates);
        var amount = call.amount("trans_amount", currency);
        var code = call.required("buyer_identity_code", 32);
        if (!call.text("identity_code_type").matches("barcode|qrcode")
                || !call.text("trans_create_time").matches("[0-9]{14}")) {
            throw new GatewayError("ILLEGAL_ARGUMENT");
        }
        call.requireValue("biz_product", "OVERSEAS_MBARCODE_PAY");
        call.required("extend_info", 2048);
        call.url("notify_url", 200, properties.allowLocalUrls());
        var wanted =
                new Trades.NewTrade(
                        TradeKind.IN_STORE,
                        number,
                        TradeService.terms(call),
                        amount,
                        currency,
                        call.signType(),
                        call.charsetName(),
                        clock.instant().plus(LIFETIME));
        var known = trades.find(number);
        return known == null ? charge(wanted, code) : again(known, wanted);
    }

    private Map<String, String> charge(Trades.NewTrade wanted, String code) {
        var number = wanted.outTradeNo();
        var effect = codes.take(PayCodes.Wallet.ALIPAY, code);
        switch (effect) {
            case TOO_OLD, USED, UNKNOWN -> {
                return failed("SOUNDWAVE_PARSER_FAIL");
            }
            case PAYS, HAS_NOT_ENOUGH, ASKS_PASSWORD, ASKS_AND_GETS_PASSWORD -> {}
        }
        trades.place(wanted);
        trades.show(number);
        return switch (effect) {
            case HAS_NOT_ENOUGH -> refused(number, "BUYER_BALANCE_NOT_ENOUGH");
            case ASKS_PASSWORD, ASKS_AND_GETS_PASSWORD -> {
                if (effect == Effect.ASKS_AND_GETS_PASSWORD) {
                    passwords.give(() -> cashier.pay(number));
                }
                yield unknown();
            }
            default -> paid(cashier.pay(number));
        };
    }

    /** Amounts that fail do so here, too, and then the order is over. */
    private Map<String, String> paid(Trade trade) {
        return trade.state().isPaid()
                ? told(trade)
                : refused(
                        trade.outTradeNo(),
                        trade.failure() == null ? "TRADE_ERROR" : trade.failure());
    }

    private Map<String, String> refused(String number, String why) {
        trades.close(number);
        return failed(why);
    }

    private Map<String, String> again(Trade known, Trades.NewTrade wanted) {
        if (!known.terms().equals(wanted.terms())) {
            return failed("CONTEXT_INCONSISTENT");
        }
        return switch (known.state()) {
            case TRADE_SUCCESS, TRADE_FINISHED -> told(known);
            case WAIT_BUYER_PAY -> unknown();
            case TRADE_CLOSED -> failed("TRADE_HAS_CLOSE");
        };
    }

    private static Map<String, String> told(Trade trade) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("result_code", "SUCCESS");
        fields.put("partner_trans_id", trade.outTradeNo());
        fields.put("alipay_trans_id", trade.tradeNo());
        fields.put("alipay_buyer_login_id", "tes***@ferry.example");
        fields.put("alipay_buyer_user_id", "2088102100000001");
        fields.put("currency", trade.currency());
        fields.put("trans_amount", trade.amount().toPlainString());
        var payment = trade.payment();
        if (payment != null) {
            fields.put("alipay_pay_time", PLAIN.format(payment.at()));
            fields.put("trans_amount_cny", payment.yuan().toPlainString());
            fields.put("exchange_rate", payment.rate().setScale(8).toPlainString());
        }
        return fields;
    }

    private static Map<String, String> unknown() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("result_code", "UNKNOW");
        fields.put("error", "UNKNOWN_EXCEPTION");
        return fields;
    }

    private static Map<String, String> failed(String code) {
        var fields = new LinkedHashMap<String, String>();
        TradeService.fail(fields, "FAILED", code);
        fields.put("error", code);
        return fields;
    }
}
