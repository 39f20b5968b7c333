package io.ferrypay.gateway.door;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A public address that was understood: its door, the path in the words the service uses, and by
 * what right it is entered. What an API key may open, a session of the portal may open, too, under
 * {@code /portal/api}.
 *
 * <p>Understanding is strict, because two programs that read one path differently are how internal
 * addresses get reached: matching is by exact case, and a path with dot segments, empty segments,
 * matrix parameters, or an encoded slash, backslash, dot, percent or control character leads
 * nowhere.
 */
public record Address(Door door, String path, Door.Entry entry) {

    private static final String PORTAL = "/portal";
    private static final String PORTAL_API = PORTAL + "/api";
    private static final String UPLOADS = PORTAL_API + "/onboarding/documents";
    private static final String CONSOLE = "/console";
    private static final String CONSOLE_API = CONSOLE + "/api";
    private static final String BY_REFERENCE = "/v2/payments/by-reference/";
    private static final String SPOTPAY_API = "/v2/spotpay/";
    private static final String CHARGES = SPOTPAY_API + "charges";
    private static final String CHARGES_OF_TILLS = SPOTPAY_API + "sessions:charge";
    private static final String WAIT = "wait=";
    private static final String PLAIN = "-._~!$&'()*+,=:@/";

    /** Through the door by the way it was made for. */
    public Address(Door door, String path) {
        this(door, path, door.entry());
    }

    /** Null when nothing public is there. */
    public static @Nullable Address find(
            String rawPath, @Nullable String rawQuery, boolean safeMethod) {
        if (rawPath.startsWith(PORTAL_API + "/v2/")) {
            var inside = plain(rawPath.substring(PORTAL_API.length()), rawQuery, safeMethod);
            return inside == null || inside.entry() != Door.Entry.API_KEY
                    ? null
                    : new Address(inside.door(), inside.path(), Door.Entry.PORTAL_SESSION);
        }
        return plain(rawPath, rawQuery, safeMethod);
    }

    /**
     * The same for whoever signs instead of bringing a key: a till charges a shown code at the
     * address at which its shop does, and by another way.
     */
    public Address ofSigned() {
        return entry == Door.Entry.API_KEY && path.equals(CHARGES)
                ? new Address(Door.SPOTPAY, CHARGES_OF_TILLS)
                : this;
    }

    private static @Nullable Address plain(
            String rawPath, @Nullable String rawQuery, boolean safeMethod) {
        var path = unaliased(rawPath);
        if (path.startsWith(BY_REFERENCE)) {
            // A merchant reference may hold slashes; servlet containers refuse them encoded.
            path = path.replace("%2F", "/").replace("%2f", "/");
        }
        if (!isPlain(path)) {
            return null;
        }
        var door = door(path, rawQuery, safeMethod);
        return door == null ? null : new Address(door, path);
    }

    private static @Nullable Door door(String path, @Nullable String query, boolean safeMethod) {
        if (path.startsWith("/v2/")) {
            if (isOrUnder(path, "/v2/refunds") || isRefundsOfPayment(path)) {
                return Door.REFUNDS;
            }
            if (isOrUnder(path, "/v2/payments")) {
                return safeMethod && asksToWait(query) ? Door.PAYMENT_WAIT : Door.PAYMENTS;
            }
            if (isOrUnder(path, "/v2/fx")) {
                return Door.PAYMENTS;
            }
            if (isOrUnder(path, "/v2/exports")) {
                return safeMethod && path.endsWith("/content") ? Door.EXPORT_FILE : Door.EXPORTS;
            }
            if (isOrUnder(path, "/v2/api_keys") || path.equals("/v2/request_log")) {
                return Door.API_KEYS;
            }
            if (isOrUnder(path, "/v2/static_codes") || isOrUnder(path, "/v2/stores")) {
                return Door.STATIC_CODES;
            }
            if (isOrUnder(path, "/v2/webhook_endpoints")) {
                return Door.WEBHOOKS;
            }
            if (isOrUnder(path, "/v2/events")) {
                return Door.EVENTS;
            }
            if (isOrUnder(path, "/v2/wechat_bindings")) {
                return Door.WECHAT_MESSAGES;
            }
            if (isOrUnder(path, "/v2/devices") || isOrUnder(path, "/v2/cashiers")) {
                return Door.DEVICES;
            }
            if (isOrUnder(path, "/v2/settlements")) {
                return Door.BALANCES;
            }
            if (isOrUnder(path, "/v2/withdrawals")
                    || isOrUnder(path, "/v2/withdrawal_schedules")
                    || isOrUnder(path, "/v2/bank_accounts")) {
                return Door.WITHDRAWALS;
            }
            if (path.startsWith(SPOTPAY_API)) {
                return spotPay(path.substring(SPOTPAY_API.length()), query, safeMethod);
            }
            return switch (path) {
                case "/v2/devices:pair" -> Door.DEVICE_PAIRING;
                case "/v2/openapi.json" -> Door.API_DESCRIPTION;
                case "/v2/payment_statistics" -> Door.PAYMENTS;
                case "/v2/merchant" -> Door.MERCHANT;
                case "/v2/balances",
                        "/v2/balance_entries",
                        "/v2/balance_statements",
                        "/v2/reserves" ->
                        Door.BALANCES;
                case "/v2/wechat_messages" -> Door.WECHAT_MESSAGES;
                case "/v2/webhook_secret", "/v2/webhook_public_keys" -> Door.WEBHOOKS;
                default -> null;
            };
        }
        if (path.startsWith("/checkout/")) {
            return path.endsWith("/events") ? Door.CHECKOUT_STREAM : Door.CHECKOUT;
        }
        if (path.startsWith("/channels/")) {
            var afterChannel = path.indexOf('/', "/channels/".length());
            if (afterChannel > 0 && path.startsWith("/notifications/", afterChannel)) {
                return Door.NOTIFICATIONS;
            }
            return afterChannel > 0 && path.startsWith("/returns/", afterChannel)
                    ? Door.RETURNS
                    : null;
        }
        if (path.equals("/wechat/bound") || path.startsWith("/wechat/bind/")) {
            return Door.WECHAT_BIND;
        }
        if (isOrUnder(path, PORTAL_API)) {
            // Never the page: whoever calls the API wants data or a problem.
            if (path.length() == PORTAL_API.length()) {
                return null;
            }
            return !safeMethod && path.equals(UPLOADS) ? Door.PORTAL_UPLOAD : Door.PORTAL;
        }
        if (isOrUnder(path, PORTAL)) {
            return path.startsWith(PORTAL + "/assets/") ? Door.ASSETS : Door.PORTAL_PAGE;
        }
        if (isOrUnder(path, CONSOLE)) {
            return console(path);
        }
        if (path.startsWith("/pay/")) {
            return Door.PAY_PAGE;
        }
        if (path.startsWith("/static-codes/")) {
            return Door.STATIC_CODE;
        }
        if (path.startsWith("/s/")) {
            return Door.STATIC_CODE_PAGE;
        }
        if (path.startsWith("/dynamic-codes/")) {
            return Door.DYNAMIC_CODE;
        }
        if (path.startsWith("/q/")) {
            return Door.DYNAMIC_CODE_PAGE;
        }
        if (isOrUnder(path, "/spotpay")) {
            return Door.SPOTPAY_PAGE;
        }
        return path.startsWith("/assets/") ? Door.ASSETS : null;
    }

    private static @Nullable Door console(String path) {
        if (!isOrUnder(path, CONSOLE_API)) {
            return path.startsWith(CONSOLE + "/assets/") ? Door.ASSETS : Door.CONSOLE_PAGE;
        }
        if (path.length() <= CONSOLE_API.length() + 1) {
            return null;
        }
        if (path.startsWith(CONSOLE_API + "/account/")) {
            return Door.CONSOLE_ACCOUNT;
        }
        return isOrUnder(path, CONSOLE_API + "/onboarding")
                        || isOrUnder(path, CONSOLE_API + "/merchants")
                ? Door.CONSOLE_MERCHANTS
                : Door.CONSOLE;
    }

    private static @Nullable Door spotPay(String inside, @Nullable String query, boolean safe) {
        if (inside.equals("device") || inside.startsWith("cashiers:")) {
            return Door.TILL;
        }
        if (inside.equals("charges")) {
            return Door.PAYMENTS;
        }
        if (inside.equals("sessions") || inside.equals("report")) {
            return Door.SPOTPAY;
        }
        if (!inside.startsWith("sessions/")) {
            return null;
        }
        if (safe && inside.endsWith("/events")) {
            return Door.SPOTPAY_STREAM;
        }
        return safe && asksToWait(query) ? Door.SPOTPAY_WAIT : Door.SPOTPAY;
    }

    private static String unaliased(String path) {
        for (var alias : new String[] {"/v2/transactions", "/v2/transaction"}) {
            if (isOrUnder(path, alias)) {
                return "/v2/payments" + path.substring(alias.length());
            }
        }
        return path;
    }

    private static boolean isOrUnder(String path, String prefix) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** A merchant's own reference may end in the same word. */
    private static boolean isRefundsOfPayment(String path) {
        return path.startsWith("/v2/payments/")
                && path.endsWith("/refunds")
                && path.indexOf('/', "/v2/payments/".length())
                        == path.length() - "/refunds".length();
    }

    /** Read as the service reads it, which undoes escapes in names, too. */
    private static boolean asksToWait(@Nullable String query) {
        if (query == null) {
            return false;
        }
        if (query.startsWith(WAIT) || query.contains("&" + WAIT)) {
            return true;
        }
        if (query.indexOf('%') < 0) {
            return false;
        }
        for (var parameter : query.split("&", -1)) {
            if (unescaped(parameter).startsWith(WAIT)) {
                return true;
            }
        }
        return false;
    }

    private static String unescaped(String parameter) {
        try {
            return URLDecoder.decode(parameter, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return ""; // Services refuse a broken escape.
        }
    }

    private static boolean isPlain(String path) {
        var segmentStart = 1;
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == '%') {
                if (!isHarmlessEscape(path, i)) {
                    return false;
                }
                i += 2;
            } else if (c == '/') {
                if (i > 0 && isEmptyOrDots(path, segmentStart, i)) {
                    return false;
                }
                segmentStart = i + 1;
            } else if (!isLetterOrDigit(c) && PLAIN.indexOf(c) < 0) {
                return false;
            }
        }
        // A slash at the very end is left to the service to refuse.
        return segmentStart >= path.length() || !isEmptyOrDots(path, segmentStart, path.length());
    }

    private static boolean isHarmlessEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        var high = Character.digit(path.charAt(at + 1), 16);
        var low = Character.digit(path.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            return false;
        }
        var octet = high * 16 + low;
        return octet >= 0x20
                && octet != 0x7f
                && octet != '/'
                && octet != '\\'
                && octet != '.'
                && octet != '%'
                && octet != ';';
    }

    private static boolean isEmptyOrDots(String path, int from, int to) {
        var length = to - from;
        return length == 0
                || (length == 1 && path.charAt(from) == '.')
                || (length == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.');
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
