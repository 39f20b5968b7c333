// Generated from docs/api/payments-v2.json by npm run types; never edited.
export interface paths {
    "/v2/spotpay/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last 20 of this till
         * @description Newest first, without their codes.
         */
        get: operations["listSpotPaySessions"];
        put?: never;
        /**
         * Ask to be paid at a till
         * @description Makes a payment and the code to show for it. One that was not answered is repeated with the same `Idempotency-Key`, signed anew.
         */
        post: operations["startSpotPaySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/sessions/{id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a session
         * @description Asks the channel and closes its order first. Money that was quicker wins: look at the `status`. `unknown` means that the channel would not vouch for it: keep asking. Safe to repeat.
         */
        post: operations["cancelSpotPaySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/sessions/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give money back at a till
         * @description Needs the proof of a cashier who gave the PIN on this till less than ten minutes ago, in the header `Ferry-Cashier`.
         */
        post: operations["refundSpotPaySession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge the code a shopper shows
         * @description Takes a payment by the code in the shopper's wallet (WeChat Pay, Alipay), which you scan. The wallet is recognised by the code. While the shopper confirms, or the wallet does not answer, the charge is `processing`; if it is not paid within about a minute, it is taken back, and only then it is `expired`. Never charge again in another way before it has ended. Repeat a request that was not answered with the same `Idempotency-Key`: it is charged once, and the answer says where the charge stands now. A till asks for the same with its signature instead of a key, and with `amount`, `currency`, `pay_code` and, if it likes, `merchant_reference`; it is answered with its session.
         */
        post: operations["createCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/refunds/{id}:refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a refund that waits for you
         * @description In the portal only. It fails with `not_approved`.
         */
        post: operations["refuseRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/refunds/{id}:approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a refund
         * @description In the portal only: by another person than the one who asked, who just proved who they are.
         */
        post: operations["approveRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/refunds/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Above which sums you want another person to agree
         * @description In each currency at most one; none where nobody has to.
         */
        get: operations["listRefundLimits"];
        put?: never;
        /**
         * Say above which sum another person has to agree
         * @description In the portal only, by owners and admins, who just proved who they are. A limit is about all that goes back of one payment, so parts do not slip through. It counts for refunds that are asked for from now on.
         */
        post: operations["setRefundLimit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments
         * @description Newest first. Unlike page numbers, a cursor misses and repeats nothing.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Create a payment
         * @description Stores the payment and answers with the link of its page. Repeat a request that was not answered with the same `Idempotency-Key`: it is done once, and answered in the same words with `Idempotent-Replayed: true`. Keys are yours alone, per mode, and kept for 24 hours.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments/{id}:reissue_nonce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a payment a new link
         * @description The old link stops working at once.
         */
        post: operations["reissueNonce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments/{id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a payment
         * @description Closes the payment at its channel first, so that nobody can pay it any more. Money that was quicker wins: the payment is then `paid`, and the answer 409. Safe to repeat.
         */
        post: operations["cancelPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a payment's refunds
         * @description Newest first, money owed back by ourselves included.
         */
        get: operations["listRefundsOfPayment"];
        put?: never;
        /**
         * Refund a payment
         * @description All of it or a part, as often as its channel allows, at the payment's own rate. The money is set aside at once, so refunds never come to more than was paid; the channel decides later: fetch the refund or wait for the webhook. Repeat a request that was not answered with the same `Idempotency-Key`.
         */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/fx/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a rate promised
         * @description Promises what a payer will be charged in yuan for an amount of yours, where we convert (JD Pay, online banks). Pass its id as `fx_quote` when you create the payment: once, for the same amount, before it expires.
         */
        post: operations["createFxQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exports
         * @description The newest fifty, newest first.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Write a list into a file
         * @description All payments or refunds of a list as CSV, as they are while the file is written; those made later are not in it. Poll the export until it is `ready`, then fetch its content, within seven days. One at a time in each mode; the newest ten files are kept.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/exports/{id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an export
         * @description What was written is deleted. Safe to repeat.
         */
        post: operations["cancelExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch a session
         * @description With `wait`, holds the answer until it changes or the seconds are over; one that is over is answered at once.
         */
        get: operations["getSpotPaySession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/sessions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hear of a session's changes
         * @description Server-sent events named `state`, each with the session as it then stands. The request is signed like any other, so a browser reads it with `fetch`.
         */
        get: operations["streamSpotPaySession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What tills took and gave back
         * @description By day, store, device and cashier. A sale counts on the day it was paid, a refund on the day it was asked for, in `time_zone`. At most 31 days.
         */
        get: operations["reportTills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/spotpay/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this till took and gave back
         * @description Sums by wallet, of at most 31 days. Without `from` since the store's day began; without `until` up to now.
         */
        get: operations["spotPayReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refunds
         * @description Newest first.
         */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/refunds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a refund */
        get: operations["getRefund"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch a payment
         * @description With `wait`, holds the answer until the payment changes or the seconds are over; a payment that has ended is answered at once.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payments/by-reference/{merchant_reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch a payment by your own reference */
        get: operations["getPaymentByReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/payment_statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments in figures
         * @description For each currency the total, each day and each way to pay. A payment counts on the day it was made in `time_zone`, refunds of it too. At most 92 days.
         */
        get: operations["getPaymentStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/fx/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rates by way to pay
         * @description WeChat Pay and Alipay convert by a rate of their own; what is shown is the last they published. For JD Pay and online banks we convert, and this is what is charged, margin included. A way to pay without a fresh rate is left out.
         */
        get: operations["listFxRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/fx/rate_history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How rates went
         * @description For each way to pay the rate at the end of each hour or day, as `GET /v2/fx/rates` would have shown it; the hour or day that is not over has the rate of now. Where we convert, it is with today's margin. Times without a fresh rate are left out, and so is a way to pay that has none. At most 92 days, or 7 by the hour.
         */
        get: operations["getFxRateHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/fx/quotes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look a quote up */
        get: operations["getFxQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how far an export is */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/exports/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch the file
         * @description CSV by RFC 4180 in UTF-8 with a byte order mark, always as an attachment. New columns come at the end of a line. Text that a spreadsheet would take for a formula begins with an apostrophe.
         */
        get: operations["getExportContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Unknown fields are refused. */
        StartSpotPaySession: {
            /**
             * @description A positive decimal string; never a JSON number.
             * @example 35.5
             */
            amount: string;
            /**
             * @description ISO 4217; the currency the shop is settled in.
             * @example NZD
             */
            currency: string;
            /**
             * @description The wallet whose own code is wanted; left out or null, one code serves all and the shopper's wallet decides.
             * @enum {string}
             */
            method?: "wechat" | "alipay" | "jdpay";
            /**
             * @description The till's own number, unique per shop and mode.
             * @example T1-000481
             */
            merchant_reference?: string;
            /**
             * Format: int32
             * @description How long it can be paid.
             * @default 180
             */
            ttl_seconds?: number;
        };
        SpotPayFailure: {
            code?: string;
            decline_code?: string;
        };
        /** @description What is to be shown; null once it can't be paid any more. */
        SpotPayQr: {
            /** @description The text of the QR code. */
            content?: string;
            /** Format: date-time */
            expires_at?: string;
        };
        /** @description What a till asked to be paid, and what became of it. */
        SpotPaySession: {
            /** @example spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
            id?: string;
            /** @description Always `spotpay_session`. */
            object?: string;
            livemode?: boolean;
            /**
             * @description `unknown`: it should be over and no channel vouches for it yet. Keep asking, and do not charge again.
             * @enum {string}
             */
            status?: "waiting_scan" | "scanned" | "processing" | "paid" | "failed" | "expired" | "canceled" | "unknown";
            /** @description The payment, for the shop's own system. */
            payment?: string;
            merchant_reference?: string;
            /** @example 35.5 */
            amount?: string;
            /** @example NZD */
            currency?: string;
            /** @description What the shopper pays; about that until it is paid. */
            payer_amount?: string;
            payer_currency?: string;
            /**
             * @description Who shows the code: `shopper` when the till charged what it scanned, and there is no `qr`.
             * @enum {string}
             */
            shown_by?: "shop" | "shopper";
            /** @description The charge is being taken back, and it is not known yet that it is: `unknown` until then. */
            reversing?: boolean;
            /**
             * @description The wallet that was named or scanned; null for one code for all.
             * @enum {string}
             */
            method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /**
             * @description The wallet by which it is or was paid.
             * @enum {string}
             */
            paid_by?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            qr?: components["schemas"]["SpotPayQr"];
            failure?: components["schemas"]["SpotPayFailure"];
            refunded_amount?: string;
            /** @description On its way back to the shopper. */
            refunding_amount?: string;
            /** @description The channel's number for it, as the shopper's wallet shows it. */
            channel_reference?: string;
            cashier?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            expires_at?: string;
            /** Format: date-time */
            paid_at?: string;
            /**
             * Format: date-time
             * @description For a countdown that does not trust the till's clock.
             */
            server_time?: string;
        };
        FieldProblem: {
            pointer?: string;
            code?: string;
            message?: string;
        };
        Problem: {
            type?: string;
            title?: string;
            /** Format: int32 */
            status?: number;
            code?: string;
            detail?: string;
            errors?: components["schemas"]["FieldProblem"][];
            retryable?: boolean;
            decline_code?: string;
            request_id?: string;
            extensions?: {
                [key: string]: Record<string, never>;
            };
        };
        /** @description `{}` gives back all that is left. */
        SpotPayRefund: {
            /**
             * @description A part; left out, all that is left.
             * @example 20.0
             */
            amount?: string;
        };
        /** @description Money that goes back to a payer. */
        Refund: {
            /**
             * @description `re_` and a ULID.
             * @example re_01JDC4A6Q8S7M2K4T9R5XN1ABC
             */
            id?: string;
            /**
             * @description Always `refund`.
             * @example refund
             */
            object?: string;
            /**
             * @description `requested` by you; `surplus` when we give back money that its payment did not need, which is not counted in the payment's `refunded_amount`.
             * @example requested
             * @enum {string}
             */
            kind?: "requested" | "surplus";
            /**
             * @description The payment it belongs to.
             * @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB
             */
            payment?: string;
            /**
             * @description False in test mode: no real money moves.
             * @example false
             */
            livemode?: boolean;
            /**
             * @description `pending` until the channel has decided, then `succeeded` or `failed`. `pending_approval` while `waits_for` says for whom or what; its amount is set aside meanwhile.
             * @example pending
             * @enum {string}
             */
            status?: "pending_approval" | "pending" | "succeeded" | "failed";
            /**
             * @description Of a refund that is `pending_approval`: `merchant` for another person of yours, above your own limit; `platform` for us, above ours; `balance` while you owe us more than we owe you. After seven days it fails with `approval_expired`.
             * @example merchant
             * @enum {string}
             */
            waits_for?: "merchant" | "platform" | "balance";
            /**
             * @description What is taken back from you: a decimal string.
             * @example 20.0
             */
            amount?: string;
            /**
             * @description The payment's currency, ISO 4217.
             * @example NZD
             */
            currency?: string;
            /**
             * @description What the payer gets, or before the end about what they will get; for display.
             * @example 92.9
             */
            payer_amount?: string;
            /**
             * @description ISO 4217.
             * @example CNY
             */
            payer_currency?: string;
            /**
             * @description Always `original`: the payment's own rate.
             * @example original
             */
            rate_policy?: string;
            /**
             * @description Yours, and the payer may see it; of a surplus `second_payment`, `late_payment` or `not_accepted`.
             * @example requested_by_customer
             */
            reason?: string;
            /**
             * @description For you; not shown to the payer.
             * @example 1 bottle broken
             */
            note?: string;
            /**
             * @description Your own name for it, unique per mode.
             * @example RMA-77
             */
            merchant_reference?: string;
            /**
             * @description The channel's number for it, once there is one.
             * @example 50000000382025010200000000001
             */
            channel_reference?: string;
            failure?: components["schemas"]["RefundFailure"];
            /**
             * Format: date-time
             * @example 2026-11-23T07:00:00.123Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description When it succeeded or failed.
             * @example 2026-11-23T07:00:03.456Z
             */
            ended_at?: string;
        };
        /** @description Why the channel would not refund. */
        RefundFailure: {
            /**
             * @description `channel_refused`, or before its channel was asked `not_approved` or `approval_expired`.
             * @example channel_refused
             */
            code?: string;
            /**
             * @description The channel's own word.
             * @example TRADE_OVERDUE
             */
            decline_code?: string;
        };
        /** @description What you ask to be paid by the code you scanned. Unknown fields are refused. */
        CreateCharge: {
            /**
             * @description Your own name for it, unique per mode among all your payments: a second one with it is refused with `reference_exists`.
             * @example T1-000482
             */
            merchant_reference: string;
            /**
             * @description A positive decimal string with no more decimals than the currency has; never a JSON number.
             * @example 35.5
             */
            amount: string;
            /**
             * @description ISO 4217; the currency you are settled in.
             * @example NZD
             */
            currency: string;
            /**
             * @description What the shopper's wallet shows, as scanned: 16 to 24 digits. It is good for about a minute and once, is handed to the wallet's company and is not stored.
             * @example 134588558514585062
             */
            pay_code: string;
            /**
             * @description Shown to the payer; without it your name is.
             * @example 2 flat whites
             */
            product_name?: string;
            /** @description For you; not shown to the payer. */
            description?: string;
            /**
             * @description Told of every event of this payment.
             * @example https://shop.example/hooks/ferrypay
             */
            notify_url?: string;
            /**
             * @description Your own notes, never shown to the payer: up to 20 keys of up to 40 characters, values of up to 500.
             * @example {
             *       "till": "1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A payment by a code that the shopper showed. */
        Charge: {
            /**
             * @description The payment's: fetch, cancel or refund it as any other under `/v2/payments`.
             * @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB
             */
            id?: string;
            /**
             * @description Always `charge`.
             * @example charge
             */
            object?: string;
            /**
             * @description The payment's. `processing`: the shopper is confirming, or the wallet has not answered; it becomes `paid`, `failed` or, once nobody can pay it any more, `expired`.
             * @enum {string}
             */
            status?: "created" | "pending" | "processing" | "paid" | "failed" | "canceled" | "expired" | "under_review";
            /**
             * @description Whose code it is.
             * @example wechat
             * @enum {string}
             */
            detected_wallet?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /**
             * Format: int32
             * @description When to fetch the payment next, or wait for the webhook; null once it has ended.
             * @example 2000
             */
            poll_after_ms?: number;
            payment?: components["schemas"]["Payment"];
        };
        /** @description A payment: what a shop asked to be paid, and what became of it. */
        Payment: {
            /**
             * @description `pay_` and a ULID.
             * @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB
             */
            id?: string;
            /**
             * @description Always `payment`.
             * @example payment
             */
            object?: string;
            /**
             * @description False in test mode: no real money moves.
             * @example false
             */
            livemode?: boolean;
            /**
             * @description `created` → `pending` (a code is shown) → `processing` (the wallet is confirming) → `paid`; or `failed` (the wallet declined; the shopper may try again until `expires_at`), `canceled`, `expired`; `under_review` where the payer has paid and we look at it first: then `paid`, or `failed`. Refunds do not change it.
             * @enum {string}
             */
            status?: "created" | "pending" | "processing" | "paid" | "failed" | "canceled" | "expired" | "under_review";
            /**
             * @description Your own name for it, unique per mode.
             * @example ORDER-10023
             */
            merchant_reference?: string;
            /**
             * @description What you are owed: a decimal string in `currency`.
             * @example 120.0
             */
            amount?: string;
            /**
             * @description ISO 4217.
             * @example NZD
             */
            currency?: string;
            /**
             * @description What the payer paid, or before that about what they will pay; for display.
             * @example 557.4
             */
            payer_amount?: string;
            /**
             * @description ISO 4217.
             * @example CNY
             */
            payer_currency?: string;
            fx?: components["schemas"]["PaymentFx"];
            /**
             * @description How much of it went back to the payer.
             * @example 0.0
             */
            refunded_amount?: string;
            /**
             * @description `none`, `partial` or `full`.
             * @example none
             */
            refund_state?: string;
            /**
             * @description The most that a refund may ask for now: neither gone back nor set aside by a refund that is under way. Nothing unless `paid`.
             * @example 120.0
             */
            refundable_amount?: string;
            /**
             * @description Money received beyond what this payment needed, owed back to the payer; null when there is none.
             * @example 120.0
             */
            surplus_amount?: string;
            payment_method?: components["schemas"]["PaymentMethod"];
            failure?: components["schemas"]["PaymentFailure"];
            /**
             * @description Shown to the payer.
             * @example Pinot Noir, Otago
             */
            product_name?: string;
            /**
             * @description For you; not shown to the payer.
             * @example 2 bottles
             */
            description?: string;
            /** @example https://shop.example/checkout/done */
            return_url?: string;
            /** @example https://shop.example/cart */
            cancel_url?: string;
            /** @example https://shop.example/hooks/ferrypay */
            notify_url?: string;
            /**
             * @description `zh-CN` or `en`.
             * @example zh-CN
             */
            locale?: string;
            /**
             * @example [
             *       "wechat"
             *     ]
             */
            allowed_methods?: string[];
            /**
             * @description Your own notes.
             * @example {
             *       "cart_id": "c_991"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-23T06:09:16.123Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T06:24:16.123Z
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When it was paid, or failed, canceled or expired.
             * @example 2026-11-23T06:11:40Z
             */
            ended_at?: string;
            /**
             * Format: date-time
             * @description By the channel's clock.
             * @example 2026-11-23T06:11:40Z
             */
            paid_at?: string;
            /**
             * @description Whether the money came after the payment had failed, expired or been canceled.
             * @example false
             */
            paid_late?: boolean;
            /**
             * @description The printed code that the shopper scanned; null for payments you created yourself.
             * @example sc_01JDC6VZ6Q8S7M2K4T9R5XN1AB
             */
            static_code?: string;
        };
        /** @description `declined`: the wallet or bank would not pay. `not_accepted`: it was `under_review`, and its money goes back. */
        PaymentFailure: {
            /** @example declined */
            code?: string;
            /**
             * @description The wallet's or bank's own word.
             * @example PAYERROR
             */
            decline_code?: string;
        };
        /** @description The exchange rate behind `payer_amount`. */
        PaymentFx: {
            /** @example NZD/CNY */
            pair?: string;
            /**
             * @description Second currency per unit of the first.
             * @example 4.645
             */
            rate?: string;
            /**
             * @description `indicative` before the payment, `quoted` when a quote promises it; `executed` as it came afterwards.
             * @example indicative
             */
            kind?: string;
            /** Format: date-time */
            as_of?: string;
            /** @example configured */
            source?: string;
            /**
             * Format: date-time
             * @description Until when a quote promises it.
             */
            locked_until?: string;
        };
        /** @description How it is being or was paid. */
        PaymentMethod: {
            /**
             * @example wechat
             * @enum {string}
             */
            type?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /**
             * @description `qr` a code scanned from another device; `in_wallet` a page inside the wallet; `mobile` a phone's browser that calls up the wallet; `desktop` the wallet's own page; `bank` the page of a bank; `pay_code` a code that the wallet showed and you scanned.
             * @example qr
             * @enum {string}
             */
            flow?: "qr" | "in_wallet" | "mobile" | "desktop" | "bank" | "pay_code";
            /**
             * @description With `onlinebank`: which bank.
             * @example ICBC
             */
            bank_code?: string;
            /**
             * @description The channel's number of the payment, once paid.
             * @example 4200000000202501010000000001
             */
            channel_reference?: string;
        };
        /** @description Above which sum another person agrees. */
        RefundLimitRequest: {
            /**
             * @description ISO 4217.
             * @example NZD
             */
            currency?: string;
            /**
             * @description A decimal string; null for no limit.
             * @example 500.0
             */
            above?: string;
        };
        /** @description Above which sum another person agrees. */
        RefundLimit: {
            /** @example NZD */
            currency?: string;
            /** @example 500.0 */
            above?: string;
            /** Format: date-time */
            changed_at?: string;
        };
        /** @description Your limits. */
        RefundLimitList: {
            /**
             * @description Always `list`.
             * @example list
             */
            object?: string;
            data?: components["schemas"]["RefundLimit"][];
        };
        /** @description What you ask to be paid. Unknown fields are refused. */
        CreatePayment: {
            /**
             * @description Your own name for it, unique per mode: a second payment with it is refused with `reference_exists`.
             * @example ORDER-10023
             */
            merchant_reference: string;
            /**
             * @description A positive decimal string with no more decimals than the currency has; never a JSON number.
             * @example 120.0
             */
            amount: string;
            /**
             * @description ISO 4217; the currency you are settled in.
             * @example NZD
             */
            currency: string;
            /**
             * @description Shown to the payer.
             * @example Pinot Noir, Otago
             */
            product_name: string;
            /**
             * @description For you; not shown to the payer.
             * @example 2 bottles
             */
            description?: string;
            /**
             * @description Where the payer is sent in the end, with `payment_id` and `merchant_reference` and no status: fetch the payment or wait for the webhook. In live mode an https address, as are the others.
             * @example https://shop.example/checkout/done
             */
            return_url: string;
            /**
             * @description Where the payer goes who does not want to pay.
             * @example https://shop.example/cart
             */
            cancel_url?: string;
            /**
             * @description Told of every event of this payment.
             * @example https://shop.example/hooks/ferrypay
             */
            notify_url?: string;
            /**
             * Format: int32
             * @description Seconds until it can no longer be paid.
             * @default 900
             * @example 900
             */
            expires_in?: number;
            /**
             * @description Language of the page; without it the payer's browser decides.
             * @example zh-CN
             * @enum {string}
             */
            locale?: "zh-CN" | "en";
            /**
             * @description Ways to pay, of those you have; without it all of them.
             * @example [
             *       "wechat"
             *     ]
             */
            allowed_methods?: string[];
            payer?: components["schemas"]["Payer"];
            /**
             * @description A quote from `POST /v2/fx/quotes` for the same amount: while it stands, its rate is charged where we convert. Used once.
             * @example fxq_01JDC3VZ6Q8S7M2K4T9R5XN1AB
             */
            fx_quote?: string;
            /**
             * @description Your own notes, never shown to the payer: up to 20 keys of up to 40 characters, values of up to 500.
             * @example {
             *       "cart_id": "c_991"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description Who pays, as far as you know; used against fraud, never shown. */
        Payer: {
            /** @example 122.122.122.1 */
            ip?: string;
            /** @example Mozilla/5.0 */
            user_agent?: string;
            email?: string;
        };
        /** @description A payment with its link. The link is shown once and cannot be read again. */
        PaymentWithLink: {
            /**
             * @description `pay_` and a ULID.
             * @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB
             */
            id?: string;
            /**
             * @description Always `payment`.
             * @example payment
             */
            object?: string;
            /**
             * @description False in test mode: no real money moves.
             * @example false
             */
            livemode?: boolean;
            /**
             * @description `created` → `pending` (a code is shown) → `processing` (the wallet is confirming) → `paid`; or `failed` (the wallet declined; the shopper may try again until `expires_at`), `canceled`, `expired`; `under_review` where the payer has paid and we look at it first: then `paid`, or `failed`. Refunds do not change it.
             * @enum {string}
             */
            status?: "created" | "pending" | "processing" | "paid" | "failed" | "canceled" | "expired" | "under_review";
            /**
             * @description Your own name for it, unique per mode.
             * @example ORDER-10023
             */
            merchant_reference?: string;
            /**
             * @description What you are owed: a decimal string in `currency`.
             * @example 120.0
             */
            amount?: string;
            /**
             * @description ISO 4217.
             * @example NZD
             */
            currency?: string;
            /**
             * @description What the payer paid, or before that about what they will pay; for display.
             * @example 557.4
             */
            payer_amount?: string;
            /**
             * @description ISO 4217.
             * @example CNY
             */
            payer_currency?: string;
            fx?: components["schemas"]["PaymentFx"];
            /**
             * @description How much of it went back to the payer.
             * @example 0.0
             */
            refunded_amount?: string;
            /**
             * @description `none`, `partial` or `full`.
             * @example none
             */
            refund_state?: string;
            /**
             * @description The most that a refund may ask for now: neither gone back nor set aside by a refund that is under way. Nothing unless `paid`.
             * @example 120.0
             */
            refundable_amount?: string;
            /**
             * @description Money received beyond what this payment needed, owed back to the payer; null when there is none.
             * @example 120.0
             */
            surplus_amount?: string;
            payment_method?: components["schemas"]["PaymentMethod"];
            failure?: components["schemas"]["PaymentFailure"];
            /**
             * @description Shown to the payer.
             * @example Pinot Noir, Otago
             */
            product_name?: string;
            /**
             * @description For you; not shown to the payer.
             * @example 2 bottles
             */
            description?: string;
            /** @example https://shop.example/checkout/done */
            return_url?: string;
            /** @example https://shop.example/cart */
            cancel_url?: string;
            /** @example https://shop.example/hooks/ferrypay */
            notify_url?: string;
            /**
             * @description `zh-CN` or `en`.
             * @example zh-CN
             */
            locale?: string;
            /**
             * @example [
             *       "wechat"
             *     ]
             */
            allowed_methods?: string[];
            /**
             * @description Your own notes.
             * @example {
             *       "cart_id": "c_991"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @example 2026-11-23T06:09:16.123Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @example 2026-11-23T06:24:16.123Z
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When it was paid, or failed, canceled or expired.
             * @example 2026-11-23T06:11:40Z
             */
            ended_at?: string;
            /**
             * Format: date-time
             * @description By the channel's clock.
             * @example 2026-11-23T06:11:40Z
             */
            paid_at?: string;
            /**
             * @description Whether the money came after the payment had failed, expired or been canceled.
             * @example false
             */
            paid_late?: boolean;
            /**
             * @description The printed code that the shopper scanned; null for payments you created yourself.
             * @example sc_01JDC6VZ6Q8S7M2K4T9R5XN1AB
             */
            static_code?: string;
            /**
             * @description 256 bits that open the payment's page and nothing else.
             * @example q3VqXv5o0b8cWm9TFd1kQ2yZr7Lh4sUeNnJpKxA6gHI
             */
            nonce?: string;
            /**
             * @description Send the shopper's browser here.
             * @example https://pay.ferrypay.example/pay/q3VqXv5o0b8cWm9TFd1kQ2yZr7Lh4sUeNnJpKxA6gHI
             */
            redirect_url?: string;
        };
        /** @description What is to go back. Unknown fields are refused; `{}` refunds all that is left. */
        CreateRefund: {
            /**
             * @description A positive decimal string in the payment's currency; never a JSON number. Without it all that is left goes back.
             * @example 20.0
             */
            amount?: string;
            /**
             * @description The payer may see it: printable ASCII.
             * @example requested_by_customer
             */
            reason?: string;
            /**
             * @description For you; not shown to the payer.
             * @example 1 bottle broken
             */
            note?: string;
            /**
             * @description Your own name for it, unique per mode: a second refund with it is refused with `reference_exists`.
             * @example RMA-77
             */
            merchant_reference?: string;
        };
        CreateFxQuote: {
            /**
             * @description `CNY`.
             * @example CNY
             */
            sell_currency?: string;
            /** @example NZD */
            buy_currency: string;
            /** @example 120.0 */
            buy_amount: string;
            /**
             * Format: int32
             * @default 900
             */
            ttl_seconds?: number;
        };
        /** @description A promise of a rate, for one payment. */
        FxQuote: {
            /** @example fxq_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
            id?: string;
            /** @example fx_quote */
            object?: string;
            /** @example CNY */
            sell_currency?: string;
            /** @example 564.1 */
            sell_amount?: string;
            /** @example NZD */
            buy_currency?: string;
            /** @example 120.0 */
            buy_amount?: string;
            /**
             * @description Yuan per unit, margin included.
             * @example 4.70074
             */
            rate?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            expires_at?: string;
            /** @description The payment it was used for. */
            payment?: string;
        };
        CreateExport: {
            /** @enum {string} */
            kind: "payments" | "refunds";
            filters?: components["schemas"]["ExportFilters"];
            /**
             * @description By whose clock times are written: a place of the tz database.
             * @default Pacific/Auckland
             */
            time_zone?: string;
        };
        /** @description As in the list of payments; an export of refunds takes `status` alone. What is absent or null narrows nothing. */
        ExportFilters: {
            /** @example paid */
            status?: string;
            /** @example 2026-11-01T00:00:00+13:00 */
            created_gte?: string;
            created_lt?: string;
            merchant_reference?: string;
            static_code?: string;
            amount_gte?: string;
            amount_lte?: string;
        };
        /** @description A list that is written into a file, or was. */
        Export: {
            /** @example exp_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
            id?: string;
            /** @example export */
            object?: string;
            livemode?: boolean;
            /** @enum {string} */
            kind?: "payments" | "refunds";
            filters?: components["schemas"]["ExportFilters"];
            /** @example Pacific/Auckland */
            time_zone?: string;
            /**
             * @description `waiting` → `running` → `ready` → `expired`; or `failed`, `canceled`.
             * @enum {string}
             */
            status?: "waiting" | "running" | "ready" | "failed" | "canceled" | "expired";
            /**
             * Format: int32
             * @description In percent.
             * @example 42
             */
            progress?: number;
            /**
             * Format: int64
             * @description Rows that are written.
             * @example 4200
             */
            rows?: number;
            /**
             * Format: int64
             * @description Rows that there will be, once counted.
             * @example 10000
             */
            total_rows?: number;
            /**
             * Format: int64
             * @description Bytes that are written.
             * @example 1048576
             */
            size?: number;
            /** @description Why it failed: `too_many_rows` (more than 200,000) or `internal_error`. */
            failure_code?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            ended_at?: string;
            /**
             * Format: date-time
             * @description When the file is deleted.
             */
            expires_at?: string;
        };
        SpotPaySessionList: {
            /** @description Always `list`. */
            object?: string;
            data?: components["schemas"]["SpotPaySession"][];
        };
        TillsReport: {
            /** @description Always `spotpay_reports`. */
            object?: string;
            livemode?: boolean;
            /** Format: date */
            from?: string;
            /** Format: date */
            to?: string;
            /** @example Pacific/Auckland */
            time_zone?: string;
            /** @description Newest day first; days without sales or refunds are left out. */
            data?: components["schemas"]["TillsReportRow"][];
            /** @description All rows together, for each currency. */
            totals?: components["schemas"]["TillsReportTotal"][];
        };
        /** @description Newest day first; days without sales or refunds are left out. */
        TillsReportRow: {
            /** Format: date */
            date?: string;
            store?: string;
            device?: string;
            /** @description Null for what nobody was signed in for, and for what was given back elsewhere. */
            cashier?: string;
            currency?: string;
            /** Format: int32 */
            sales?: number;
            /** @example 1250.4 */
            sales_amount?: string;
            /** Format: int32 */
            refunds?: number;
            /** @description Also what is still on its way back. */
            refunds_amount?: string;
            /** @description Sales less refunds. */
            net_amount?: string;
        };
        /** @description All rows together, for each currency. */
        TillsReportTotal: {
            currency?: string;
            /** Format: int32 */
            sales?: number;
            sales_amount?: string;
            /** Format: int32 */
            refunds?: number;
            refunds_amount?: string;
            net_amount?: string;
        };
        /** @description What a till took and gave back. */
        SpotPayReport: {
            object?: string;
            livemode?: boolean;
            device?: string;
            /** @description Whose; null for everybody at this till. */
            cashier?: string;
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            until?: string;
            /**
             * Format: date-time
             * @description The same times by the store's clock.
             */
            local_from?: string;
            /** Format: date-time */
            local_until?: string;
            time_zone?: string;
            currency?: string;
            methods?: components["schemas"]["SpotPayTotals"][];
            total?: components["schemas"]["SpotPayTotals"];
            /**
             * Format: int32
             * @description Sessions whose result is not known yet.
             */
            unresolved?: number;
        };
        SpotPayTotals: {
            /**
             * @description Null for all wallets together.
             * @enum {string}
             */
            method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /** Format: int32 */
            sales?: number;
            /** @example 1250.4 */
            sales_amount?: string;
            /** Format: int32 */
            refunds?: number;
            refunds_amount?: string;
            /** @description Sales less refunds. */
            net_amount?: string;
        };
        /** @description A page of refunds, newest first. */
        RefundList: {
            /**
             * @description Always `list`.
             * @example list
             */
            object?: string;
            data?: components["schemas"]["Refund"][];
            /** @description Whether there are older ones. */
            has_more?: boolean;
            /**
             * @description Hand it back as `cursor` for the next page.
             * @example MTpyZV8wMUpEQzRBNlE4UzdNMks0VDlSNVhOMUFCQw
             */
            next_cursor?: string;
        };
        /** @description A page of payments, newest first. */
        PaymentList: {
            /**
             * @description Always `list`.
             * @example list
             */
            object?: string;
            data?: components["schemas"]["Payment"][];
            /** @description Whether there are older ones. */
            has_more?: boolean;
            /**
             * @description Hand it back as `cursor` for the next page.
             * @example MTpwYXlfMDFKREMzVlo2UThTN00ySzRUOVI1WE4xQUI
             */
            next_cursor?: string;
        };
        PaymentFigures: {
            /**
             * Format: int64
             * @description How many were made.
             */
            made?: number;
            /**
             * Format: int64
             * @description How many of them are paid.
             */
            paid?: number;
            /**
             * @description What those come to.
             * @example 1250.0
             */
            paid_amount?: string;
            /**
             * @description How much of it has gone back.
             * @example 20.0
             */
            refunded_amount?: string;
        };
        PaymentStatistics: {
            /** @example payment_statistics */
            object?: string;
            /** Format: date */
            from?: string;
            /** Format: date */
            to?: string;
            /** @example Pacific/Auckland */
            time_zone?: string;
            data?: components["schemas"]["PaymentStatisticsOfCurrency"][];
        };
        PaymentStatisticsOfCurrency: {
            /** @example NZD */
            currency?: string;
            total?: components["schemas"]["PaymentFigures"];
            /** @description Every day, also those without payments. */
            days?: components["schemas"]["PaymentStatisticsOfDay"][];
            /** @description Payments whose payer chose no way to pay are in none. */
            methods?: components["schemas"]["PaymentStatisticsOfMethod"][];
        };
        /** @description Every day, also those without payments. */
        PaymentStatisticsOfDay: {
            /** Format: date */
            date?: string;
            figures?: components["schemas"]["PaymentFigures"];
        };
        /** @description Payments whose payer chose no way to pay are in none. */
        PaymentStatisticsOfMethod: {
            /** @enum {string} */
            method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            figures?: components["schemas"]["PaymentFigures"];
        };
        /** @description What a currency is worth for one way to pay. */
        FxRate: {
            /** @example fx_rate */
            object?: string;
            /** @example NZD */
            base?: string;
            /** @example CNY */
            quote?: string;
            /**
             * @description Yuan per unit.
             * @example 4.645
             */
            rate?: string;
            /** @example 0.21528525 */
            inverse?: string;
            /**
             * @example wechat
             * @enum {string}
             */
            method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /** @description Whether we convert, with our margin in it. */
            includes_margin?: boolean;
            /** Format: date-time */
            as_of?: string;
            /** @example operator */
            source?: string;
        };
        FxRateList: {
            /** @example list */
            object?: string;
            data?: components["schemas"]["FxRate"][];
        };
        FxRateHistory: {
            /** @example fx_rate_history */
            object?: string;
            /** @example NZD */
            base?: string;
            /** @example CNY */
            quote?: string;
            /** Format: date */
            from?: string;
            /** Format: date */
            to?: string;
            /** @example day */
            interval?: string;
            /** @example Pacific/Auckland */
            time_zone?: string;
            data?: components["schemas"]["FxRatesOfMethod"][];
        };
        /** @description The oldest first. */
        FxRatePoint: {
            /**
             * Format: date-time
             * @description When its hour or day begins.
             */
            starts_at?: string;
            /**
             * @description Yuan per unit at its end.
             * @example 4.645
             */
            rate?: string;
            /** Format: date-time */
            as_of?: string;
            /** @example operator */
            source?: string;
        };
        /** @description How one way to pay went. */
        FxRatesOfMethod: {
            /**
             * @example wechat
             * @enum {string}
             */
            method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
            /** @description Whether we convert, with our margin in it. */
            includes_margin?: boolean;
            /** @description The oldest first. */
            points?: components["schemas"]["FxRatePoint"][];
        };
        ExportList: {
            /** @example list */
            object?: string;
            data?: components["schemas"]["Export"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listSpotPaySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those of this till alone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPaySessionList"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSpotPaySession: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartSpotPaySession"];
            };
        };
        responses: {
            /** @description Begun, now or by the first request under this key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPaySession"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cashier_required`: a cashier of this store has limits, and nobody is signed in. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reference_exists` (with `payment_id`) or `idempotency_in_progress`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_mismatch`, `currency_not_accepted`, `method_not_available`, `over_cashier_limit`, `cashier_daily_limit_reached` or `risk_denied`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description With a wallet named: `channel_unavailable` (repeat it) or `channel_refused`. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelSpotPaySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it then stands: `canceled`, `paid`, `expired` or `unknown`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPaySession"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: this till has no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundSpotPaySession: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                /** @example spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpotPayRefund"];
            };
        };
        responses: {
            /** @description On its way. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cashier_required`: the proof is missing, wrong or too old. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_refundable_state` or `idempotency_in_progress`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description As for any refund, such as `refund_exceeds_balance`; also `over_cashier_limit` or `cashier_daily_limit_reached`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 64 visible ASCII characters; a UUID is good.
                 * @example 0f6f3c1e-5a7b-4b52-9a0e-2f6d0f4f6a10
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCharge"];
            };
        };
        responses: {
            /** @description It has ended: `paid`, or `failed` with the wallet's reason. */
            200: {
                headers: {
                    /** @description `true` when the request had been answered before. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            /** @description To a till: the session, whatever became of the charge so far. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPaySession"];
                };
            };
            /** @description `processing`: not known to be paid, or not to be. Ask again. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            /** @description `malformed_json`, `unknown_field`, `invalid_request`, `idempotency_key_missing` or `idempotency_key_invalid`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope` or `merchant_suspended`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reference_exists` (with `payment_id`), or `idempotency_in_progress` (with `Retry-After`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `pay_code_not_recognized`, `method_not_available`, `currency_not_accepted`, `risk_denied` or `idempotency_mismatch`. Nothing was made. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `channel_unavailable`: the wallet does not answer. Nothing was made. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example re_01JDC4A6Q8S7M2K4T9R5XN1ABC */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refund_not_waiting` (with `status`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example re_01JDC4A6Q8S7M2K4T9R5XN1ABC */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `own_request`, `person_required`, `step_up_required`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refund_not_waiting` (with `status`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefundLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your limits in this mode. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundLimitList"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setRefundLimit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundLimitRequest"];
            };
        };
        responses: {
            /** @description Your limits in this mode. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundLimitList"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description How many, 1 to 100. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only payments in this status. */
                status?: "created" | "pending" | "processing" | "paid" | "failed" | "canceled" | "expired" | "under_review";
                /**
                 * @description Only payments created at this time or later (RFC 3339).
                 * @example 2026-11-01T00:00:00+13:00
                 */
                created_gte?: string;
                /** @description Only payments created before this time (RFC 3339). */
                created_lt?: string;
                /** @description Only the payment with this reference of yours. */
                merchant_reference?: string;
                /**
                 * @description Only payments that came by this printed code.
                 * @example sc_01JDC3VZ6Q8S7M2K4T9R5XN1AB
                 */
                static_code?: string;
                /**
                 * @description Only payments of this amount or more, in your currency.
                 * @example 50
                 */
                amount_gte?: string;
                /**
                 * @description Only payments of this amount or less.
                 * @example 200
                 */
                amount_lte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 64 visible ASCII characters; a UUID is good.
                 * @example 0f6f3c1e-5a7b-4b52-9a0e-2f6d0f4f6a10
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePayment"];
            };
        };
        responses: {
            /** @description Created, now or by the first request under this key. */
            201: {
                headers: {
                    /** @description `true` when the answer is one given before. */
                    "Idempotent-Replayed"?: string;
                    /** @description Where the payment is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentWithLink"];
                };
            };
            /** @description `malformed_json`, `unknown_field`, `invalid_request`, `idempotency_key_missing` or `idempotency_key_invalid`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope` or `merchant_suspended`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reference_exists` (with `payment_id`), or `idempotency_in_progress` (with `Retry-After`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_mismatch`, `currency_not_accepted`, `method_not_available`, `fx_quote_not_usable` or `risk_denied`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reissueNonce: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment with its new link. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentWithLink"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such payment in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is canceled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description It was charged by a code the shopper showed, and that is being taken back: it stays `processing` until the wallet has confirmed it, and is `canceled` then. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such payment in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payment_ended`: it has ended in another way (`payment_status`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `channel_unavailable`: nothing has changed; try again. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefundsOfPayment: {
        parameters: {
            query?: {
                /** @description How many, 1 to 100. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only refunds in this status. */
                status?: "pending_approval" | "pending" | "succeeded" | "failed";
            };
            header?: never;
            path: {
                /** @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refunds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such payment in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 64 visible ASCII characters; a UUID is good.
                 * @example 6d1f3c1e-5a7b-4b52-9a0e-2f6d0f4f6a11
                 */
                "Idempotency-Key": string;
            };
            path: {
                /** @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRefund"];
            };
        };
        responses: {
            /** @description Accepted, now or by the first request under this key. */
            201: {
                headers: {
                    /** @description `true` when the answer is one given before. */
                    "Idempotent-Replayed"?: string;
                    /** @description Where the refund is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `malformed_json`, `unknown_field`, `invalid_request`, `idempotency_key_missing` or `idempotency_key_invalid`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such payment in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_refundable_state` (with `payment_status`), `reference_exists` (with `refund_id`), or `idempotency_in_progress` (with `Retry-After`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refund_exceeds_balance` (with `refundable_amount`), `refund_window_closed` (with `closed_at`), `too_many_refunds`, `refund_too_small`, `refund_not_supported` or `idempotency_mismatch`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createFxQuote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFxQuote"];
            };
        };
        responses: {
            /** @description The promise. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FxQuote"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `fx_rate_unavailable`: no fresh rate to promise. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportList"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateExport"];
            };
        };
        responses: {
            /** @description It will be written. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `export_in_progress`, with the other one's `export`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is canceled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `export_ended`: it has ended in another way (`export_status`). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpotPaySession: {
        parameters: {
            query?: {
                /** @description Seconds, 0 to 25. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @example spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPaySession"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: this till has no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamSpotPaySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of at most nine minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportTills: {
        parameters: {
            query: {
                /**
                 * @description The first day.
                 * @example 2026-11-01
                 */
                from: string;
                /**
                 * @description The last day.
                 * @example 2026-11-28
                 */
                to: string;
                /** @description Whose days: a place of the tz database. */
                time_zone?: string;
                store?: string;
                device?: string;
                cashier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TillsReport"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    spotPayReport: {
        parameters: {
            query?: {
                /**
                 * @description RFC 3339.
                 * @example 2026-11-28T08:00:00+13:00
                 */
                from?: string;
                /** @description RFC 3339. */
                until?: string;
                /** @description Only what this cashier took and gave back. */
                cashier?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotPayReport"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description How many, 1 to 100. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only refunds in this status. */
                status?: "pending_approval" | "pending" | "succeeded" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refunds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundList"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example re_01JDC4A6Q8S7M2K4T9R5XN1ABC */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The refund as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such refund in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: {
                /** @description Seconds, 0 to 25. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @example pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: you have no such payment in this mode. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentByReference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A reference with slashes can be found in the list instead, with `merchant_reference`.
                 * @example ORDER-10023
                 */
                merchant_reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: no payment of yours in this mode has the reference. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentStatistics: {
        parameters: {
            query: {
                /**
                 * @description The first day.
                 * @example 2026-11-01
                 */
                from: string;
                /**
                 * @description The last day.
                 * @example 2026-11-28
                 */
                to: string;
                /** @description Whose days: a place of the tz database. */
                time_zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentStatistics"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFxRates: {
        parameters: {
            query: {
                /**
                 * @description ISO 4217.
                 * @example NZD
                 */
                base: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FxRateList"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFxRateHistory: {
        parameters: {
            query: {
                /**
                 * @description ISO 4217.
                 * @example NZD
                 */
                base: string;
                /** @description Only this way to pay. */
                method?: "wechat" | "alipay" | "jdpay" | "onlinebank";
                /**
                 * @description The first day.
                 * @example 2026-11-01
                 */
                from: string;
                /**
                 * @description The last day.
                 * @example 2026-11-28
                 */
                to: string;
                interval?: "hour" | "day";
                /** @description Whose days: a place of the tz database. */
                time_zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FxRateHistory"];
                };
            };
            /** @description `invalid_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFxQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The promise. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FxQuote"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExportContent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description `unauthenticated`: the API key is missing or wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden_scope`: the API key may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `export_not_ready`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `export_has_no_file`: it failed, or its time is over. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: wait for `Retry-After` seconds. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: repeat it with the same `Idempotency-Key`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `service_unavailable`: wait for `Retry-After` seconds. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
