package io.ferrypay.tradeadmin.withdrawal.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.BankAccounts;
import io.ferrypay.tradeadmin.withdrawal.BankAccounts.BankAccount;
import io.ferrypay.tradeadmin.withdrawal.WithdrawMoney;
import io.ferrypay.tradeadmin.withdrawal.WithdrawMoney.Wanted;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/withdrawals} and {@code /v2/bank_accounts}. */
@Tag(name = "Withdrawals", description = "Your money to your bank account.")
@RestController
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
class WithdrawalController {

    private static final String READ = "withdrawals:read";
    private static final String WRITE = "withdrawals:write";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9 ./-]{1,12}");
    private static final Pattern ACCOUNT = Pattern.compile("ba_[0-9A-Z]{26}");
    private static final Pattern HOLDER = Pattern.compile("[\\p{L}\\p{M}0-9 .,'&()/+-]{1,70}");
    private static final Pattern BIC =
            Pattern.compile("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");
    private static final Pattern CURSOR = Pattern.compile("1:(wd_[0-9A-Z]{26})");
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");
    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_NUMBER = 50;

    private final WithdrawMoney withdraw;
    private final BankAccounts accounts;

    WithdrawalController(WithdrawMoney withdraw, BankAccounts accounts) {
        this.withdraw = withdraw;
        this.accounts = accounts;
    }

    @Schema(name = "BankAccountRequest")
    record AccountRequest(
            @Nullable String currency,
            @Nullable String holder,
            @Nullable String number,
            @Nullable String bic) {

        /** Leaves the number out. */
        @Override
        public String toString() {
            return "AccountRequest[…]";
        }
    }

    @Schema(name = "BankAccount")
    record AccountView(
            String object,
            String id,
            boolean livemode,
            String currency,
            String holder,
            String masked,
            @Nullable String bic,
            String status,
            Instant createdAt,
            Instant usableFrom) {

        static AccountView of(BankAccount account) {
            return new AccountView(
                    "bank_account",
                    account.id(),
                    account.book() == Book.LIVE,
                    account.currency(),
                    account.holder(),
                    account.masked(),
                    account.bic(),
                    account.status(),
                    account.addedAt(),
                    account.usableFrom());
        }
    }

    @Schema(name = "BankAccountList")
    record AccountList(String object, List<AccountView> data) {}

    @Operation(
            operationId = "addBankAccount",
            summary = "Add a bank account",
            description =
                    "It can be used after a while that protects you from somebody who took over your sign-in.")
    @PostMapping(path = "/bank_accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    AccountView add(
            @Parameter(hidden = true) MerchantCaller caller, @RequestBody AccountRequest request) {
        caller.require(WRITE);
        var holder = request.holder();
        if (holder == null || !HOLDER.matcher(holder).matches() || holder.isBlank()) {
            throw ApiException.invalid("/holder", "wrong_format", "must be a name of 1 to 70");
        }
        var number = request.number();
        if (number == null || number.length() > LONGEST_NUMBER) {
            throw ApiException.invalid("/number", "required", "must be given");
        }
        var bic = request.bic();
        if (bic != null && !BIC.matcher(bic).matches()) {
            throw ApiException.invalid("/bic", "wrong_format", "must be a BIC");
        }
        return AccountView.of(
                accounts.add(
                        book(caller),
                        caller.merchantId(),
                        currency(request.currency()),
                        holder.strip(),
                        number,
                        bic));
    }

    /** Those that were not removed. */
    @Operation(
            operationId = "listBankAccounts",
            summary = "Your bank accounts, without those that were removed")
    @GetMapping("/bank_accounts")
    AccountList accounts(@Parameter(hidden = true) MerchantCaller caller) {
        caller.require(READ);
        return new AccountList(
                "list",
                accounts.list(book(caller), caller.merchantId()).stream()
                        .map(AccountView::of)
                        .toList());
    }

    @Operation(operationId = "getBankAccount", summary = "One bank account")
    @GetMapping("/bank_accounts/{id}")
    AccountView account(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return accounts.find(book(caller), caller.merchantId(), id)
                .map(AccountView::of)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @Operation(operationId = "removeBankAccount", summary = "Remove a bank account")
    @PostMapping("/bank_accounts/{id}:remove")
    AccountView remove(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return AccountView.of(accounts.remove(book(caller), caller.merchantId(), id));
    }

    @Schema(name = "WithdrawalRequest")
    record WithdrawalRequest(
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String bankAccount,
            @Nullable String reference) {}

    /** A repeated request is answered by how the withdrawal is now. */
    @Operation(
            operationId = "createWithdrawal",
            summary = "Ask for a withdrawal",
            description =
                    "Sets the amount aside at once, or refuses. A repeated request is answered by how the withdrawal is now.")
    @PostMapping(path = "/withdrawals", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WithdrawalView> create(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody WithdrawalRequest request) {
        caller.require(WRITE);
        if (key == null || key.isEmpty()) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_KEY_MISSING);
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_KEY_INVALID);
        }
        var amount = amount(request.amount(), currency(request.currency()));
        var account = request.bankAccount();
        if (account == null || !ACCOUNT.matcher(account).matches()) {
            throw ApiException.invalid("/bank_account", "wrong_format", "must be a bank account");
        }
        var reference = request.reference() == null ? "FerryPay" : request.reference();
        if (!REFERENCE.matcher(reference).matches()) {
            throw ApiException.invalid(
                    "/reference", "wrong_format", "must be 1 to 12 letters, digits or . / -");
        }
        var accepted =
                withdraw.ask(
                        new Wanted(
                                book(caller),
                                caller.merchantId(),
                                amount,
                                account,
                                reference,
                                key,
                                fingerprint(amount + "\n" + account + "\n" + reference)));
        var answer = ResponseEntity.status(HttpStatus.CREATED);
        if (accepted.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.body(WithdrawalView.of(accepted.withdrawal()));
    }

    private static String fingerprint(String request) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Schema(name = "WithdrawalList")
    record WithdrawalList(
            String object,
            List<WithdrawalView> data,
            boolean hasMore,
            @Nullable String nextCursor) {}

    /** The newest first. */
    @Operation(operationId = "listWithdrawals", summary = "Your withdrawals, the newest first")
    @GetMapping("/withdrawals")
    WithdrawalList list(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        caller.require(READ);
        if (limit != null && !LIMIT.matcher(limit).matches()) {
            throw ApiException.invalid("limit", "out_of_range", "must be from 1 to 100");
        }
        var size = limit == null ? USUAL_PAGE : Integer.parseInt(limit);
        var found = withdraw.list(book(caller), caller.merchantId(), before(cursor), size + 1);
        var more = found.size() > size;
        var data = more ? found.subList(0, size) : found;
        return new WithdrawalList(
                "list",
                data.stream().map(WithdrawalView::of).toList(),
                more,
                more
                        ? Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        ("1:" + data.getLast().id())
                                                .getBytes(StandardCharsets.US_ASCII))
                        : null);
    }

    private static @Nullable String before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            var matcher =
                    CURSOR.matcher(
                            new String(
                                    Base64.getUrlDecoder().decode(cursor),
                                    StandardCharsets.ISO_8859_1));
            if (matcher.matches()) {
                return matcher.group(1);
            }
        } catch (IllegalArgumentException _) {
            // Not even base64: refused like any other text that is no cursor of ours.
        }
        throw ApiException.invalid("cursor", "wrong_format", "is not a cursor from next_cursor");
    }

    @Operation(operationId = "getWithdrawal", summary = "One withdrawal")
    @GetMapping("/withdrawals/{id}")
    WithdrawalView find(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return withdraw.find(book(caller), caller.merchantId(), id)
                .map(WithdrawalView::of)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @Operation(
            operationId = "cancelWithdrawal",
            summary = "Cancel a withdrawal that is not in a batch yet")
    @PostMapping("/withdrawals/{id}:cancel")
    WithdrawalView cancel(
            @Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return WithdrawalView.of(withdraw.cancel(book(caller), caller.merchantId(), id));
    }

    private static Book book(MerchantCaller caller) {
        return Book.of(caller.mode().livemode());
    }

    private static Currency currency(@Nullable String code) {
        try {
            return Currency.of(code == null ? "" : code);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(
                    "/currency", "unknown_currency", "is not a currency we know");
        }
    }

    private static Money amount(@Nullable String text, Currency currency) {
        try {
            var amount = Money.parse(text == null ? "" : text, currency);
            if (!amount.isPositive()) {
                throw ApiException.invalid("/amount", "too_small", "must be more than zero");
            }
            return amount;
        } catch (InvalidAmount e) {
            throw ApiException.invalid("/amount", "wrong_format", String.valueOf(e.getMessage()));
        }
    }
}
