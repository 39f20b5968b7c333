package io.ferrypay.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "/v2/payments, PAYMENTS, /v2/payments",
        "/v2/payments/pay_1:cancel, PAYMENTS, /v2/payments/pay_1:cancel",
        "/v2/transaction, PAYMENTS, /v2/payments",
        "/v2/fx/rates, PAYMENTS, /v2/fx/rates",
        "/v2/spotpay/charges, PAYMENTS, /v2/spotpay/charges",
        "/v2/payment_statistics, PAYMENTS, /v2/payment_statistics",
        "/channels/jdpay/returns/jdpay-test/FP1, RETURNS, /channels/jdpay/returns/jdpay-test/FP1",
        "/v2/transactions/pay_1, PAYMENTS, /v2/payments/pay_1",
        "/v2/payments/by-reference/A%2FB%3a1, PAYMENTS, /v2/payments/by-reference/A/B%3a1",
        "/v2/payments/by-reference/A/B, PAYMENTS, /v2/payments/by-reference/A/B",
        "/v2/payments/by-reference/%E8%8C%B6, PAYMENTS, /v2/payments/by-reference/%E8%8C%B6",
        "/v2/payments/by-reference/a/refunds, PAYMENTS, /v2/payments/by-reference/a/refunds",
        "/v2/payments/pay_1/refunds, REFUNDS, /v2/payments/pay_1/refunds",
        "/v2/transactions/pay_1/refunds, REFUNDS, /v2/payments/pay_1/refunds",
        "/v2/refunds, REFUNDS, /v2/refunds",
        "/v2/refunds/re_1, REFUNDS, /v2/refunds/re_1",
        "/v2/exports, EXPORTS, /v2/exports",
        "/v2/exports/exp_1:cancel, EXPORTS, /v2/exports/exp_1:cancel",
        "/v2/exports/exp_1/content, EXPORT_FILE, /v2/exports/exp_1/content",
        "/v2/openapi.json, API_DESCRIPTION, /v2/openapi.json",
        "/v2/api_keys/key_1:roll, API_KEYS, /v2/api_keys/key_1:roll",
        "/v2/request_log, API_KEYS, /v2/request_log",
        "/v2/merchant, MERCHANT, /v2/merchant",
        "/v2/stores, STATIC_CODES, /v2/stores",
        "/v2/static_codes/sc_1:rotate, STATIC_CODES, /v2/static_codes/sc_1:rotate",
        "/v2/static_codes/sc_1/qr.svg, STATIC_CODES, /v2/static_codes/sc_1/qr.svg",
        "/v2/unusual_uses, UNUSUAL_USES, /v2/unusual_uses",
        "/v2/unusual_uses/uu_1:dismiss, UNUSUAL_USES, /v2/unusual_uses/uu_1:dismiss",
        "/static-codes/4f7k2q/payments, STATIC_CODE, /static-codes/4f7k2q/payments",
        "/s/4f7k2q, STATIC_CODE_PAGE, /s/4f7k2q",
        "/v2/webhook_endpoints/we_1:test, WEBHOOKS, /v2/webhook_endpoints/we_1:test",
        "/v2/events/evt_1:resend, EVENTS, /v2/events/evt_1:resend",
        "/v2/wechat_bindings, WECHAT_MESSAGES, /v2/wechat_bindings",
        "/v2/wechat_bindings/wxb_1:end, WECHAT_MESSAGES, /v2/wechat_bindings/wxb_1:end",
        "/v2/wechat_messages, WECHAT_MESSAGES, /v2/wechat_messages",
        "/v2/balances, BALANCES, /v2/balances",
        "/v2/balance_entries, BALANCES, /v2/balance_entries",
        "/v2/balance_history, BALANCES, /v2/balance_history",
        "/v2/settlements, BALANCES, /v2/settlements",
        "/v2/settlements/stl_1/statement.csv, BALANCES, /v2/settlements/stl_1/statement.csv",
        "/v2/withdrawals, WITHDRAWALS, /v2/withdrawals",
        "/v2/withdrawal_schedules/ws_1:pause, WITHDRAWALS, /v2/withdrawal_schedules/ws_1:pause",
        "/v2/refunds/limits, REFUNDS, /v2/refunds/limits",
        "/v2/withdrawals/wd_1:cancel, WITHDRAWALS, /v2/withdrawals/wd_1:cancel",
        "/v2/bank_accounts/ba_1:remove, WITHDRAWALS, /v2/bank_accounts/ba_1:remove",
        "/wechat/bind/0a, WECHAT_BIND, /wechat/bind/0a",
        "/wechat/bound, WECHAT_BIND, /wechat/bound",
        "/wechat/events/wx1, WECHAT_EVENTS, /wechat/events/wx1",
        "/checkout/abc, CHECKOUT, /checkout/abc",
        "/checkout/abc/attempts, CHECKOUT, /checkout/abc/attempts",
        "/checkout/abc/events, CHECKOUT_STREAM, /checkout/abc/events",
        "/channels/wechat/notifications/acc_1, NOTIFICATIONS, /channels/wechat/notifications/acc_1",
        "/channels/jdpay/returns/jdpay-test, RETURNS, /channels/jdpay/returns/jdpay-test",
        "/pay/abc, PAY_PAGE, /pay/abc",
        "/v2/devices, DEVICES, /v2/devices",
        "/v2/devices/dev_1:revoke, DEVICES, /v2/devices/dev_1:revoke",
        "/v2/cashiers/cas_1:set_pin, DEVICES, /v2/cashiers/cas_1:set_pin",
        "/v2/devices:pair, DEVICE_PAIRING, /v2/devices:pair",
        "/v2/spotpay/device, TILL, /v2/spotpay/device",
        "/v2/spotpay/cashiers:sign_in, TILL, /v2/spotpay/cashiers:sign_in",
        "/v2/spotpay/sessions, SPOTPAY, /v2/spotpay/sessions",
        "/v2/spotpay/sessions/spot_1:cancel, SPOTPAY, /v2/spotpay/sessions/spot_1:cancel",
        "/v2/spotpay/sessions/spot_1/refunds, SPOTPAY, /v2/spotpay/sessions/spot_1/refunds",
        "/v2/spotpay/sessions/spot_1/events, SPOTPAY_STREAM, /v2/spotpay/sessions/spot_1/events",
        "/v2/spotpay/report, SPOTPAY, /v2/spotpay/report",
        "/v2/spotpay/reports, PAYMENTS, /v2/spotpay/reports",
        "/dynamic-codes/abc:open, DYNAMIC_CODE, /dynamic-codes/abc:open",
        "/q/abc, DYNAMIC_CODE_PAGE, /q/abc",
        "/spotpay, SPOTPAY_PAGE, /spotpay",
        "/spotpay/service-worker.js, SPOTPAY_PAGE, /spotpay/service-worker.js",
        "/portal, PORTAL_PAGE, /portal",
        "/portal/, PORTAL_PAGE, /portal/",
        "/portal/payments/pay_1, PORTAL_PAGE, /portal/payments/pay_1",
        "/portal/apis, PORTAL_PAGE, /portal/apis",
        "/portal/assets/index-1a2b.js, ASSETS, /portal/assets/index-1a2b.js",
        "/portal/api/session, PORTAL, /portal/api/session",
        "/console, CONSOLE_PAGE, /console",
        "/console/approvals/apr_1, CONSOLE_PAGE, /console/approvals/apr_1",
        "/console/apis, CONSOLE_PAGE, /console/apis",
        "/console/assets/index-1a2b.js, ASSETS, /console/assets/index-1a2b.js",
        "/console/api/account/session, CONSOLE_ACCOUNT, /console/api/account/session",
        "/console/api/accounts, CONSOLE, /console/api/accounts",
        "/console/api/approvals/apr_1:approve, CONSOLE, /console/api/approvals/apr_1:approve",
        "/console/api/onboarding/applications, CONSOLE_MERCHANTS, /console/api/onboarding/applications",
        "/console/api/merchants, CONSOLE_MERCHANTS, /console/api/merchants",
        "/console/api/merchantsx, CONSOLE, /console/api/merchantsx",
        "/console/api/payments/pay_1, CONSOLE_PAYMENTS, /console/api/payments/pay_1",
        "/console/api/refunds, CONSOLE_PAYMENTS, /console/api/refunds",
        "/console/api/channels, CONSOLE_PAYMENTS, /console/api/channels",
        "/console/api/risk/dry_runs, CONSOLE_PAYMENTS, /console/api/risk/dry_runs",
        "/console/api/risk/rules, CONSOLE, /console/api/risk/rules",
        "/console/api/reconciliation/days, CONSOLE_RECONCILIATION, /console/api/reconciliation/days",
        "/console/api/reconciliation/days/a/2026-11-24/statement, CONSOLE_RECONCILIATION_FILE, /console/api/reconciliation/days/a/2026-11-24/statement",
        "/console/api/reconciliation/days/a/2026-11-24/differences.csv, CONSOLE_RECONCILIATION_FILE, /console/api/reconciliation/days/a/2026-11-24/differences.csv",
        "/console/api/differences, CONSOLE, /console/api/differences",
        "/assets/index-1a2b.js, ASSETS, /assets/index-1a2b.js"
    })
    void a_public_address_has_its_door(String path, Door door, String inside) {
        assertThat(Address.find(path, null, true)).isEqualTo(new Address(door, inside));
    }

    @Test
    void a_statement_that_is_handed_in_has_a_door_of_its_own() {
        var path = "/console/api/reconciliation/statements";

        assertThat(Address.find(path, "account=a", false))
                .isEqualTo(new Address(Door.CONSOLE_STATEMENT_UPLOAD, path));
        assertThat(Address.find(path, null, true)).isNull();
    }

    @Test
    void only_a_file_that_is_sent_comes_to_the_door_of_files() {
        var path = "/portal/api/onboarding/documents";

        assertThat(Address.find(path, "kind=identity", false))
                .isEqualTo(new Address(Door.PORTAL_UPLOAD, path));
        assertThat(Address.find(path, null, true)).isEqualTo(new Address(Door.PORTAL, path));
        assertThat(Address.find(path + "/doc_1", null, false))
                .isEqualTo(new Address(Door.PORTAL, path + "/doc_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/v2",
                "/v2/",
                "/v2/unknown",
                "/v2/paymentsx",
                "/v2/refundsx",
                "/v2/merchant/x",
                "/v2/storesx",
                "/v2/balances/x",
                "/v2/balance_entriesx",
                "/v2/withdrawalsx",
                "/v2/bank_accountsx",
                "/v2/static_codesx",
                "/static-codes",
                "/v2/devicesx",
                "/v2/devices:pairx",
                "/v2/cashiersx",
                "/v2/spotpay",
                "/v2/spotpay/",
                "/v2/spotpay/devices",
                "/v2/spotpay/sessionsx",
                "/v2/spotpay/sessions:charge",
                "/portal/api/v2/spotpay/sessions",
                "/portal/api/v2/devices:pair",
                "/spotpayx",
                "/dynamic-codes",
                "/q",
                "/s",
                "/s/../internal/events",
                "/v2/wechat_messages/x",
                "/wechat",
                "/wechat/bind",
                "/wechat/bound/x",
                "/V2/payments",
                "/v2/Payments",
                "/internal/jobs/expire-unpaid-payments",
                "/Internal/events",
                "/actuator",
                "/actuator/health",
                "/ACTUATOR/env",
                "/v2/internal/events",
                "/channels/wechat",
                "/channels/wechat/notifications",
                "/channels/wechat/other/x",
                "/v2/../internal/events",
                "/v2/payments/../../internal/events",
                "/v2/payments/./x",
                "/v2/payments/..",
                "/v2/payments/.",
                "/v2/payments/..;/..;/internal/events",
                "/v2/payments;x=/../internal",
                "/v2/payments/%2e%2e/%2e%2e/internal/events",
                "/v2/payments/%2E%2e/actuator/env",
                "/v2/payments/.%2e/actuator/env",
                "/v2/payments%2f..%2f..%2finternal/events",
                "/v2/payments/%2finternal",
                "/v2/payments/%5c..%5cinternal",
                "/v2/payments/..\\..\\internal",
                "/v2/payments/%252e%252e/internal",
                "/v2/payments/%00",
                "/v2/payments/%0d%0aX-Evil:1",
                "/v2/payments/%7f",
                "/v2/payments/%3b/x",
                "/v2/payments/%zz",
                "/v2/payments/%2",
                "/v2/payments/%",
                "/v2//payments",
                "//v2/payments",
                "//internal/events",
                "/v2/payments//pay_1",
                "/v2/payments/by-reference/..%2F..%2F..%2Finternal",
                "/v2/payments/by-reference/a%2f%2fb",
                "/checkout/../internal/events",
                "/checkout//events",
                "/pay/../actuator",
                "/portal/api",
                "/console/api",
                "/console/api/",
                "/consolex",
                "/portal/api/v2/unknown",
                "/portal/../actuator",
                "/portal//x",
                "/portalx",
                "/assets/../index.html",
                "/assets/%2e%2e/secret",
                "/v2/payments/é",
                "/v2/payments/a b",
                "/v2/payments/<script>"
            })
    void everything_else_leads_nowhere(String path) {
        assertThat(Address.find(path, null, true)).isNull();
    }

    @Test
    void only_a_read_that_asks_to_wait_is_held() {
        assertThat(door("/v2/payments/pay_1", "wait=25", true)).isEqualTo(Door.PAYMENT_WAIT);
        assertThat(door("/v2/payments/pay_1", "a=1&wait=25", true)).isEqualTo(Door.PAYMENT_WAIT);
        assertThat(door("/v2/payments/pay_1", "%77ait=25", true)).isEqualTo(Door.PAYMENT_WAIT);
        assertThat(door("/v2/payments/pay_1", "a=%20&w%61it=2%35", true))
                .isEqualTo(Door.PAYMENT_WAIT);
        assertThat(door("/v2/payments/pay_1", "a=%26wait=25", true)).isEqualTo(Door.PAYMENTS);
        assertThat(door("/v2/payments/pay_1", "await=25", true)).isEqualTo(Door.PAYMENTS);
        assertThat(door("/v2/payments/pay_1", null, true)).isEqualTo(Door.PAYMENTS);
        assertThat(door("/v2/payments", "wait=25", false)).isEqualTo(Door.PAYMENTS);
    }

    @Test
    void whoever_signs_charges_a_shown_code_as_a_till() {
        assertThat(Address.find("/v2/spotpay/charges", null, false).ofSigned())
                .isEqualTo(new Address(Door.SPOTPAY, "/v2/spotpay/sessions:charge"));
        for (var other :
                new String[] {
                    "/v2/payments", "/v2/spotpay/sessions", "/portal/api/v2/spotpay/charges"
                }) {
            var address = Address.find(other, null, false);
            assertThat(address.ofSigned()).isEqualTo(address);
        }
    }

    @Test
    void a_door_knows_its_scope() {
        assertThat(Door.PAYMENTS.scope(true, "/v2/payments")).isEqualTo("payments:read");
        assertThat(Door.PAYMENTS.scope(false, "/v2/payments")).isEqualTo("payments:write");
        assertThat(Door.REFUNDS.scope(false, "/v2/payments/pay_1/refunds"))
                .isEqualTo("refunds:write");
        assertThat(Door.REFUNDS.scope(true, "/v2/refunds")).isEqualTo("refunds:read");
        assertThat(Door.API_KEYS.scope(false, "/v2/api_keys")).isEqualTo("keys:write");
        assertThat(Door.WECHAT_MESSAGES.scope(true, "/v2/wechat_messages"))
                .isEqualTo("messages:read");
        assertThat(Door.WECHAT_MESSAGES.scope(false, "/v2/wechat_bindings"))
                .isEqualTo("messages:write");
        assertThat(Door.EXPORTS.scope(true, "/v2/exports")).isEqualTo("exports:read");
        assertThat(Door.EXPORTS.scope(false, "/v2/exports")).isEqualTo("exports:write");
        assertThat(Door.EXPORT_FILE.scope(true, "/v2/exports/exp_1/content"))
                .isEqualTo("exports:read");
        assertThat(Door.STATIC_CODES.scope(true, "/v2/stores")).isEqualTo("static_codes:read");
        assertThat(Door.UNUSUAL_USES.scope(true, "/v2/unusual_uses"))
                .isEqualTo("static_codes:read");
        assertThat(Door.STATIC_CODES.scope(false, "/v2/static_codes"))
                .isEqualTo("static_codes:write");
        assertThat(Door.EVENTS.scope(false, "/v2/events/e:resend")).isEqualTo("webhooks:write");
    }

    private static Door door(String path, String query, boolean read) {
        return Address.find(path, query, read).door();
    }
}
