package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.PayerReturns;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the payer's browser comes back to from the cashier. What it brings is signed, and still
 * only a hint: Alipay is asked, and the payer's page shows what it said.
 */
@RestController
class AlipayReturnController {

    private final AlipayAccounts accounts;
    private final PayerReturns returns;

    AlipayReturnController(AlipayAccounts accounts, PayerReturns returns) {
        this.accounts = accounts;
        this.returns = returns;
    }

    @GetMapping("/channels/alipay/returns/{account}")
    ResponseEntity<String> back(@PathVariable String account, HttpServletRequest request) {
        return page(account, request.getQueryString())
                .map(page ->
                        ResponseEntity.status(HttpStatus.SEE_OTHER)
                                .location(page)
                                .cacheControl(CacheControl.noStore())
                                .header("Referrer-Policy", "no-referrer")
                                .<String>build())
                .orElseGet(() ->
                        ResponseEntity.badRequest()
                                .contentType(MediaType.TEXT_PLAIN)
                                .cacheControl(CacheControl.noStore())
                                .body(
                                        "This link is not complete. Go back to the shop to see"
                                                + " whether you have paid."));
    }

    private Optional<URI> page(String accountId, @Nullable String query) {
        var account = accounts.find(accountId).orElse(null);
        if (account == null || query == null) {
            return Optional.empty();
        }
        try {
            var fields = AlipayForm.decode(query, account.settings().encoding());
            return account.messages()
                    .returnedFrom(fields)
                    .flatMap(order -> returns.pageAfter(accountId, order));
        } catch (AlipayForm.Unreadable _) {
            return Optional.empty();
        }
    }
}
