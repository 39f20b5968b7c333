package io.ferrypay.paymentchannel.desk.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.paymentchannel.channel.TellsCredentials.Credential;
import io.ferrypay.paymentchannel.desk.ShowChannels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How channels do: needs {@code channels:read}. */
@RestController
class ChannelController {

    private final ShowChannels channels;

    ChannelController(ShowChannels channels) {
        this.channels = channels;
    }

    record CallsView(
            String operation,
            String state,
            @Nullable Integer successPercent,
            int calls,
            @Nullable Long meanMillis,
            @Nullable Long longestMillis) {

        static CallsView of(ShowChannels.Calls calls) {
            return new CallsView(
                    calls.lately().operation(),
                    calls.lately().state(),
                    calls.lately().successPercent(),
                    calls.lately().calls(),
                    calls.meanMillis(),
                    calls.longestMillis());
        }
    }

    record AccountView(
            String object,
            String id,
            String channel,
            String method,
            boolean livemode,
            boolean takesNewOrders,
            boolean available,
            @Nullable Integer successPercent,
            @Nullable Instant maintenanceUntil,
            List<CallsView> calls,
            Map<String, Long> orders,
            List<Credential> credentials) {

        static AccountView of(ShowChannels.Shown shown) {
            return new AccountView(
                    "channel_account",
                    shown.account().id(),
                    shown.account().channel().wireName(),
                    shown.account().channel().method().wireName(),
                    shown.account().mode().livemode(),
                    shown.takesNewOrders(),
                    shown.health().available(),
                    shown.health().successPercent(),
                    shown.health().maintenanceUntil(),
                    shown.calls().stream().map(CallsView::of).toList(),
                    shown.orders(),
                    shown.credentials());
        }
    }

    record ListView(String object, List<AccountView> data) {}

    @GetMapping("/console/api/channels")
    ListView list(StaffCaller caller) {
        caller.require("channels:read");
        return new ListView("list", channels.all().stream().map(AccountView::of).toList());
    }
}
