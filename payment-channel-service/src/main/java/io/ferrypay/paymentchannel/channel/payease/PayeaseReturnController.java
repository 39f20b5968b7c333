package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.PayerReturns;
import io.ferrypay.paymentchannel.channel.payease.Mac.Value;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the bank's page sends the payer's browser back to. Only its signature counts: what it says
 * of the payment (in numbers of its own: 1, 20, 30) is left to a query.
 */
@RestController
class PayeaseReturnController {

    private static final Logger log = LoggerFactory.getLogger(PayeaseReturnController.class);
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final String NOT_VERIFIED =
            """
            This return could not be verified. Nothing has changed; please go back to the shop's page.
            无法验证该返回信息，订单状态未改变，请返回商家页面查看。
            """;
    private static final String NOT_OURS = "There is no such order here.\n没有找到该订单。\n";

    private final PayeaseAccounts accounts;
    private final PayerReturns returns;

    PayeaseReturnController(PayeaseAccounts accounts, PayerReturns returns) {
        this.accounts = accounts;
        this.returns = returns;
    }

    @RequestMapping(
            path = "/channels/payease/returns/{account}",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<String> back(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        var known = accounts.find(account).orElse(null);
        if (known == null) {
            return text(404, NOT_OURS);
        }
        var number = verified(known, PayeaseNotificationController.raw(request));
        if (number == null) {
            log.warn("A payer's return to Payease account {} is not proven", account);
            return text(400, NOT_VERIFIED);
        }
        return returns.pageAfter(account, number.ours())
                .map(page ->
                        ResponseEntity.status(303)
                                .header(HttpHeaders.LOCATION, page.toString())
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .header("Referrer-Policy", "no-referrer")
                                .<String>build())
                .orElseGet(() -> text(404, NOT_OURS));
    }

    private static @Nullable OrderNumber verified(PayeaseAccount account, byte[] raw) {
        if (raw.length > PayeaseNotificationController.MAX_BODY_BYTES) {
            return null;
        }
        var form = WireForm.read(raw, account.settings().page().charset());
        if (form == null) {
            return null;
        }
        var oid = form.get("v_oid");
        var status = form.get("v_pstatus");
        var amount = form.get("v_amount");
        var moneyType = form.get("v_moneytype");
        var bank = form.get("v_pmode");
        var words = form.get("v_pstring");
        if (oid == null || status == null || amount == null || moneyType == null) {
            return null;
        }
        var missing =
                Proof.missing(
                        account,
                        form,
                        new String[] {oid, status, amount, moneyType},
                        "v_md5info",
                        Value.code(oid),
                        Value.code(status),
                        Value.words(words == null ? "" : words),
                        Value.words(bank == null ? "" : bank));
        var number = OrderNumber.parse(oid);
        return missing == null
                        && number != null
                        && number.merchantNumber().equals(account.settings().merchantNumber())
                ? number
                : null;
    }

    private static ResponseEntity<String> text(int status, String text) {
        return ResponseEntity.status(status).contentType(TEXT).body(text);
    }
}
