package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.refund.CreateRefund;
import io.ferrypay.paymentchannel.refund.DecideRefund;
import io.ferrypay.paymentchannel.refund.FindRefunds;
import io.ferrypay.paymentchannel.refund.RefundLimits;
import io.ferrypay.paymentchannel.refund.RefundView;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/refunds} and a payment's refunds: what merchants' shops call. */
@RestController
class RefundController implements RefundApi {

    private static final String READ = "refunds:read";
    private static final String WRITE = "refunds:write";
    private static final String APPROVE = "refunds:approve";
    private static final String LIMITS = "refund_limits:write";
    private static final String STEP_UP = "portal:step_up";

    private final CreateRefund createRefund;
    private final FindRefunds findRefunds;
    private final DecideRefund decide;
    private final RefundLimits limits;
    private final ObjectReader requests;

    RefundController(
            CreateRefund createRefund,
            FindRefunds findRefunds,
            DecideRefund decide,
            RefundLimits limits,
            JsonMapper json) {
        this.createRefund = createRefund;
        this.findRefunds = findRefunds;
        this.decide = decide;
        this.limits = limits;
        this.requests =
                json.rebuild()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build()
                        .readerFor(CreateRefundRequest.class);
    }

    @Override
    public ResponseEntity<byte[]> create(
            MerchantCaller caller,
            String id,
            @Nullable String idempotencyKey,
            byte[] body,
            HttpServletRequest request) {
        caller.require(WRITE);
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = read(body, request).check(caller, id);
        var fingerprint =
                IdempotencyHeader.fingerprint("POST", "/v2/payments/" + id + "/refunds", body);
        return RefundAnswer.of(createRefund.create(wanted, key, fingerprint));
    }

    private CreateRefundRequest read(byte[] body, HttpServletRequest request) {
        try {
            CreateRefundRequest read = requests.readValue(body);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "not a refund", e, new ServletServerHttpRequest(request));
        }
        throw ApiException.invalid("", "required", "must be a JSON object");
    }

    @Override
    public RefundList ofPayment(
            MerchantCaller caller,
            String id,
            @Nullable String limit,
            @Nullable String cursor,
            @Nullable String status) {
        caller.require(READ);
        var filter = RefundListQuery.parse(limit, cursor, status);
        return findRefunds
                .ofPayment(caller.merchantId(), caller.mode(), id, filter)
                .map(RefundController::list)
                .orElseThrow(() ->
                        ApiException.of(
                                CommonProblems.NOT_FOUND,
                                "You have no such payment in this mode."));
    }

    @Override
    public RefundView fetch(MerchantCaller caller, String id) {
        caller.require(READ);
        return findRefunds
                .byId(caller.merchantId(), caller.mode(), id)
                .orElseThrow(() ->
                        ApiException.of(
                                CommonProblems.NOT_FOUND, "You have no such refund in this mode."));
    }

    @Override
    public RefundList list(
            MerchantCaller caller,
            @Nullable String limit,
            @Nullable String cursor,
            @Nullable String status) {
        caller.require(READ);
        var filter = RefundListQuery.parse(limit, cursor, status);
        return list(findRefunds.page(caller.merchantId(), caller.mode(), filter));
    }

    @Override
    public RefundView approve(MerchantCaller caller, String id) {
        requireProof(caller, APPROVE);
        return decide.approve(caller, id);
    }

    @Override
    public RefundView refuse(MerchantCaller caller, String id) {
        requireProof(caller, APPROVE);
        return decide.refuse(caller, id);
    }

    @Override
    public RefundLimitList limits(MerchantCaller caller) {
        caller.require(READ);
        return new RefundLimitList(
                "list",
                limits.list(caller.merchantId(), caller.mode().livemode()).stream()
                        .map(one ->
                                new RefundLimitView(
                                        one.above().currency().code(),
                                        one.above().toDecimalString(),
                                        one.changedAt()))
                        .toList());
    }

    @Override
    public RefundLimitList setLimit(MerchantCaller caller, RefundLimitRequest request) {
        requireProof(caller, LIMITS);
        var currency = currency(request.currency());
        limits.set(
                caller.merchantId(),
                caller.mode().livemode(),
                currency,
                above(request.above(), currency),
                caller.personId() == null ? caller.keyId() : caller.personId());
        return limits(caller);
    }

    private static void requireProof(MerchantCaller caller, String scope) {
        caller.require(scope);
        if (!caller.scopes().contains(STEP_UP)) {
            throw ApiException.of(RefundProblems.STEP_UP_REQUIRED);
        }
    }

    private static Currency currency(@Nullable String code) {
        try {
            return Currency.of(code == null ? "" : code);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(
                    "/currency", "unknown_currency", "is not a currency we know");
        }
    }

    private static @Nullable Money above(@Nullable String text, Currency currency) {
        if (text == null) {
            return null;
        }
        try {
            var amount = Money.parse(text, currency);
            if (!amount.isNegative()) {
                return amount;
            }
        } catch (InvalidAmount _) {
            // Refused below.
        }
        throw ApiException.invalid("/above", "wrong_format", "must be a decimal such as 500.00");
    }

    private static RefundList list(FindRefunds.Page page) {
        var last = page.lastId();
        return new RefundList(
                "list",
                page.refunds(),
                last != null,
                last == null ? null : PaymentListQuery.cursor(last));
    }

    /** A page of refunds, newest first. */
    @Schema(name = "RefundList", description = "A page of refunds, newest first.")
    record RefundList(
            @Schema(description = "Always `list`.", example = "list") String object,
            List<RefundView> data,
            @Schema(description = "Whether there are older ones.") boolean hasMore,
            @Schema(
                            description = "Hand it back as `cursor` for the next page.",
                            example = "MTpyZV8wMUpEQzRBNlE4UzdNMks0VDlSNVhOMUFCQw")
                    @Nullable String nextCursor) {}
}
