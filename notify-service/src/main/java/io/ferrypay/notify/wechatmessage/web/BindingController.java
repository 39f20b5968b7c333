package io.ferrypay.notify.wechatmessage.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.notify.listing.Page;
import io.ferrypay.notify.wechatmessage.Binding;
import io.ferrypay.notify.wechatmessage.FindMessages;
import io.ferrypay.notify.wechatmessage.KeepBindings;
import io.ferrypay.notify.wechatmessage.KeepBindings.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "WeChat messages")
@RestController
class BindingController {

    private static final String BINDINGS = "/v2/wechat_bindings";
    private static final String ID = "wxb_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String MESSAGE_ID = "wxm_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String ONE = BINDINGS + "/{id:" + ID + "}";
    private static final String EVENT_TYPE =
            "payment\\.paid|payment\\.paid_late|refund\\.succeeded|refund\\.failed|static_code\\.unusual_use";
    private static final String WHICH_TYPES =
            "is payment.paid, payment.paid_late, refund.succeeded, refund.failed or"
                    + " static_code.unusual_use";
    private static final int MOST_LABEL = 60;

    private final KeepBindings bindings;
    private final FindMessages messages;

    BindingController(KeepBindings bindings, FindMessages messages) {
        this.bindings = bindings;
        this.messages = messages;
    }

    @Schema(name = "CreateWechatBinding")
    record NewBinding(
            @NotBlank @Size(max = MOST_LABEL) String label,
            @NotEmpty @Size(max = 10)
                    List<@NotNull @Pattern(regexp = EVENT_TYPE, message = WHICH_TYPES) String>
                            eventTypes) {}

    @Schema(name = "ChangeWechatBinding")
    record Change(
            @Size(min = 1, max = MOST_LABEL)
                    @Pattern(regexp = "(?s).*\\S.*", message = "is not blank")
                    @Nullable String label,
            @Size(min = 1, max = 10)
                    @Nullable
                            List<
                                    @NotNull @Pattern(regexp = EVENT_TYPE, message = WHICH_TYPES)
                                    String>
                            eventTypes) {}

    @Schema(name = "WechatBinding")
    record BindingView(
            String id,
            String object,
            boolean livemode,
            String label,
            List<String> eventTypes,
            @Schema(allowableValues = {"waiting", "bound", "ended"}) String status,
            @Nullable String endedReason,
            Instant codeExpiresAt,
            Instant createdAt,
            @Nullable Instant boundAt,
            @Nullable Instant endedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bindUrl) {

        static BindingView of(Binding binding, Owner owner, @Nullable String bindUrl) {
            return new BindingView(
                    binding.id(),
                    "wechat_binding",
                    owner.livemode(),
                    binding.label(),
                    binding.eventTypes(),
                    binding.status(),
                    binding.endedReason(),
                    binding.codeEndsAt(),
                    binding.createdAt(),
                    binding.boundAt(),
                    binding.endedAt(),
                    bindUrl);
        }
    }

    @Operation(
            operationId = "listWechatBindings",
            summary = "List who hears on WeChat",
            description = "Newest first.")
    @GetMapping(BINDINGS)
    Page<BindingView> list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        var owner = reader(caller);
        return Page.of(
                bindings.list(owner, cursor, limit + 1),
                limit,
                binding -> BindingView.of(binding, owner, null),
                Binding::id);
    }

    @Operation(
            operationId = "createWechatBinding",
            summary = "Make a bind code",
            description =
                    "Whoever scans `bind_url` with WeChat before `code_expires_at` hears of the"
                            + " chosen events.")
    @PostMapping(BINDINGS)
    @ResponseStatus(HttpStatus.CREATED)
    BindingView invite(MerchantCaller caller, @Valid @RequestBody NewBinding wanted) {
        var owner = writer(caller);
        var invited = bindings.invite(owner, wanted.label().strip(), wanted.eventTypes());
        return BindingView.of(invited.binding(), owner, invited.bindUrl().toString());
    }

    @Operation(operationId = "getWechatBinding", summary = "Fetch a binding")
    @GetMapping(ONE)
    BindingView get(MerchantCaller caller, @PathVariable String id) {
        var owner = reader(caller);
        return BindingView.of(bindings.find(owner, id), owner, null);
    }

    @Operation(
            operationId = "changeWechatBinding",
            summary = "Change a binding",
            description = "What is left out stays as it is.")
    @PatchMapping(ONE)
    BindingView change(
            MerchantCaller caller, @PathVariable String id, @Valid @RequestBody Change change) {
        var owner = writer(caller);
        return BindingView.of(
                bindings.change(owner, id, change.label(), change.eventTypes()), owner, null);
    }

    @Operation(
            operationId = "endWechatBinding",
            summary = "End a binding",
            description = "Nothing more is sent. Repeating it changes nothing.")
    @PostMapping(ONE + ":end")
    BindingView end(MerchantCaller caller, @PathVariable String id) {
        var owner = writer(caller);
        return BindingView.of(bindings.end(owner, id), owner, null);
    }

    @Operation(
            operationId = "listWechatMessages",
            summary = "List WeChat messages",
            description = "What was told on WeChat, and what came of it, newest first.")
    @GetMapping("/v2/wechat_messages")
    Page<FindMessages.Message> messages(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = MESSAGE_ID) @Nullable String cursor,
            @RequestParam(defaultValue = "") @Pattern(regexp = "|" + ID) String binding) {
        return Page.of(
                messages.list(reader(caller), binding, cursor, limit + 1),
                limit,
                message -> message,
                FindMessages.Message::id);
    }

    private static Owner reader(MerchantCaller caller) {
        caller.require("messages:read");
        return new Owner(caller.merchantId(), caller.mode().livemode());
    }

    private static Owner writer(MerchantCaller caller) {
        caller.require("messages:write");
        return new Owner(caller.merchantId(), caller.mode().livemode());
    }
}
