package io.ferrypay.gateway.door;

import org.jspecify.annotations.Nullable;

/** One kind of public address: who may come, where it leads and how patient we are with it. */
public enum Door {
    PAYMENTS("payment-channel-service", Entry.API_KEY, Patience.ANSWER),
    PAYMENT_WAIT("payment-channel-service", Entry.API_KEY, Patience.LONG_POLL),
    REFUNDS("payment-channel-service", Entry.API_KEY, Patience.ANSWER),
    /** Lists that are written into files. */
    EXPORTS("payment-channel-service", Entry.API_KEY, Patience.ANSWER),
    /** Such a file: it may be on its way for minutes. */
    EXPORT_FILE("payment-channel-service", Entry.API_KEY, Patience.STREAM),
    CHECKOUT("payment-channel-service", Entry.ANYONE, Patience.ANSWER),
    CHECKOUT_STREAM("payment-channel-service", Entry.ANYONE, Patience.STREAM),
    NOTIFICATIONS("payment-channel-service", Entry.ACQUIRER, Patience.ANSWER),
    /** A payer's browser that comes back from a channel's page. */
    RETURNS("payment-channel-service", Entry.ANYONE, Patience.ANSWER),
    API_DESCRIPTION("payment-channel-service", Entry.ANYONE, Patience.ANSWER),
    /** Keys, and what was asked for by them. */
    API_KEYS("merchant-service", Entry.API_KEY, Patience.ANSWER),
    MERCHANT("merchant-service", Entry.API_KEY, Patience.ANSWER),
    /** Stores and their printed codes. */
    STATIC_CODES("merchant-service", Entry.API_KEY, Patience.ANSWER),
    /** What the page behind a printed code calls. */
    STATIC_CODE("payment-channel-service", Entry.ANYONE, Patience.ANSWER),
    /** What was unusual about printed codes. */
    UNUSUAL_USES("payment-channel-service", Entry.API_KEY, Patience.ANSWER),
    /** Tills and their cashiers, as the shop keeps them. */
    DEVICES("merchant-service", Entry.API_KEY, Patience.ANSWER),
    /** A till that has no key yet, and a code. */
    DEVICE_PAIRING("merchant-service", Entry.ANYONE, Patience.ANSWER),
    /** What a till asks about itself, and its cashiers' PINs. */
    TILL("merchant-service", Entry.DEVICE, Patience.ANSWER),
    SPOTPAY("payment-channel-service", Entry.DEVICE, Patience.ANSWER),
    SPOTPAY_WAIT("payment-channel-service", Entry.DEVICE, Patience.LONG_POLL),
    SPOTPAY_STREAM("payment-channel-service", Entry.DEVICE, Patience.STREAM),
    /** What the page behind a dynamic code calls. */
    DYNAMIC_CODE("payment-channel-service", Entry.ANYONE, Patience.ANSWER),
    WEBHOOKS("notify-service", Entry.API_KEY, Patience.ANSWER),
    EVENTS("notify-service", Entry.API_KEY, Patience.ANSWER),
    WECHAT_MESSAGES("notify-service", Entry.API_KEY, Patience.ANSWER),
    /** A phone that scans the code by which somebody is to hear of payments on WeChat. */
    WECHAT_BIND("notify-service", Entry.ANYONE, Patience.ANSWER),
    /** What WeChat tells of the official account's messages. */
    WECHAT_EVENTS("notify-service", Entry.ACQUIRER, Patience.ANSWER),
    /** What a merchant has, how it came to it, and what became available. */
    BALANCES("trade-admin-service", Entry.API_KEY, Patience.ANSWER),
    /** Money sent to a merchant's bank, and its bank accounts. */
    WITHDRAWALS("trade-admin-service", Entry.API_KEY, Patience.ANSWER),
    /** What the portal's pages ask merchant-service; who is signed in is the service's matter. */
    PORTAL("merchant-service", Entry.ANYONE, Patience.ANSWER),
    /**
     * A file that somebody in the portal uploads: larger than any other body, and passed through.
     */
    PORTAL_UPLOAD("merchant-service", Entry.ANYONE, Patience.UPLOAD),
    /** Where staff come in to the console; who is signed in is the service's matter. */
    CONSOLE_ACCOUNT("trade-admin-service", Entry.ANYONE, Patience.ANSWER),
    /** What the console's pages ask of trade-admin-service. */
    CONSOLE("trade-admin-service", Entry.STAFF_SESSION, Patience.ANSWER),
    /** What they ask of merchants, their onboarding and its papers. */
    CONSOLE_MERCHANTS("merchant-service", Entry.STAFF_SESSION, Patience.ANSWER),
    /** What they ask of payments, refunds and channels, and what rules would have done to them. */
    CONSOLE_PAYMENTS("payment-channel-service", Entry.STAFF_SESSION, Patience.ANSWER),
    /** What they ask of channels' statements. */
    CONSOLE_RECONCILIATION("reconcile-service", Entry.STAFF_SESSION, Patience.ANSWER),
    /** A statement as it came, or what differs on a day. */
    CONSOLE_RECONCILIATION_FILE("reconcile-service", Entry.STAFF_SESSION, Patience.STREAM),
    /** A statement that somebody hands in. */
    CONSOLE_STATEMENT_UPLOAD("reconcile-service", Entry.STAFF_SESSION, Patience.UPLOAD),
    PAY_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    /** The merchant portal: one page, whatever stands behind {@code /portal}. */
    PORTAL_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    /** The staff's console: one page, whatever stands behind {@code /console}. */
    CONSOLE_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    /** Where a printed code leads. */
    STATIC_CODE_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    /** Where a code on a till leads. */
    DYNAMIC_CODE_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    /** The till's own app. */
    SPOTPAY_PAGE(null, Entry.ANYONE, Patience.ANSWER),
    ASSETS(null, Entry.ANYONE, Patience.ANSWER);

    /** What a caller must bring. */
    public enum Entry {
        /** A merchant's API key. */
        API_KEY,
        /** The session of somebody who is signed in to the portal, instead of a key. */
        PORTAL_SESSION,
        /** The session of one of our staff; what they may do is checked by the services. */
        STAFF_SESSION,
        /** A signature by a till's own key. */
        DEVICE,
        /** Nothing: the address itself carries a nonce, or is public. */
        ANYONE,
        /** Nothing the gateway can check: the service verifies the acquirer's signature. */
        ACQUIRER
    }

    /** How long an answer may take. */
    public enum Patience {
        /** An ordinary answer. */
        ANSWER,
        /** The service may hold the request for up to 25 s. */
        LONG_POLL,
        /**
         * Server-sent events or a large file: the answer starts at once and goes on for minutes.
         */
        STREAM,
        /** A large body that may take minutes to arrive; the answer to it is an ordinary one. */
        UPLOAD
    }

    private final @Nullable String service;
    private final Entry entry;
    private final Patience patience;

    Door(@Nullable String service, Entry entry, Patience patience) {
        this.service = service;
        this.entry = entry;
        this.patience = patience;
    }

    /** The service behind the door, or null when the gateway answers from its own files. */
    public @Nullable String service() {
        return service;
    }

    public Entry entry() {
        return entry;
    }

    public Patience patience() {
        return patience;
    }

    /** Whether something can be replaced here, by PUT. */
    public boolean takesPut() {
        return this == PORTAL || this == STATIC_CODES || this == DEVICES;
    }

    /**
     * Whether a person must have proven just before who they are; a stolen session is not enough.
     */
    public boolean needsStepUp(boolean safe) {
        return (this == API_KEYS || this == WITHDRAWALS) && !safe;
    }

    /** The scope a key needs for this request; services check again. */
    public String scope(boolean safe, String path) {
        return switch (this) {
            case PAYMENTS, PAYMENT_WAIT -> safe ? "payments:read" : "payments:write";
            case REFUNDS -> safe ? "refunds:read" : "refunds:write";
            case EXPORTS, EXPORT_FILE -> safe ? "exports:read" : "exports:write";
            case API_KEYS -> safe ? "keys:read" : "keys:write";
            case MERCHANT -> "merchant:read";
            case STATIC_CODES, UNUSUAL_USES -> safe ? "static_codes:read" : "static_codes:write";
            case DEVICES -> safe ? "devices:read" : "devices:write";
            // A refund needs a cashier's proof, which its service asks for.
            case TILL, SPOTPAY, SPOTPAY_WAIT, SPOTPAY_STREAM ->
                    safe ? "payments:read" : "payments:write";
            case WEBHOOKS, EVENTS -> safe ? "webhooks:read" : "webhooks:write";
            case BALANCES -> "balances:read";
            case WITHDRAWALS -> safe ? "withdrawals:read" : "withdrawals:write";
            case WECHAT_MESSAGES -> safe ? "messages:read" : "messages:write";
            case CHECKOUT,
                    CHECKOUT_STREAM,
                    NOTIFICATIONS,
                    RETURNS,
                    WECHAT_BIND,
                    WECHAT_EVENTS,
                    API_DESCRIPTION,
                    PORTAL,
                    PORTAL_UPLOAD,
                    PAY_PAGE,
                    PORTAL_PAGE,
                    CONSOLE_ACCOUNT,
                    CONSOLE,
                    CONSOLE_MERCHANTS,
                    CONSOLE_PAYMENTS,
                    CONSOLE_RECONCILIATION,
                    CONSOLE_RECONCILIATION_FILE,
                    CONSOLE_STATEMENT_UPLOAD,
                    CONSOLE_PAGE,
                    STATIC_CODE,
                    STATIC_CODE_PAGE,
                    DEVICE_PAIRING,
                    DYNAMIC_CODE,
                    DYNAMIC_CODE_PAGE,
                    SPOTPAY_PAGE,
                    ASSETS ->
                    throw new IllegalStateException(this + " asks for no key");
        };
    }
}
