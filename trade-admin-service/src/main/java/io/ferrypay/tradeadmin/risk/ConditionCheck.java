package io.ferrypay.tradeadmin.risk;

import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what is wrong with a condition, each at its place. {@code docs/api/console.md} describes
 * conditions, and where payments are made they are read as strictly: {@code
 * docs/api/risk-conditions.json} holds examples that both tests keep to.
 */
final class ConditionCheck {

    static final int DEEPEST = 5;
    static final int MOST_PARTS = 50;
    static final int MOST_VALUES = 500;
    static final int LONGEST_VALUE = 100;
    static final int LONGEST_WINDOW_MINUTES = 7 * 24 * 60;

    private static final Set<String> COMPARISONS = Set.of("lt", "lte", "eq", "gte", "gt");
    private static final Set<String> NAMES =
            Set.of("method", "channel", "merchant", "store", "static_code", "device", "payer");
    private static final Set<String> COUNTED_BY =
            Set.of("merchant", "store", "static_code", "device", "payer", "ip");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private final List<Fault> faults = new ArrayList<>();
    private int parts;

    private ConditionCheck() {}

    /**
     * @param pointer where, as a JSON pointer from the condition on
     */
    record Fault(String pointer, String code, String message) {}

    /** Empty if it is a condition. */
    static List<Fault> faults(JsonNode condition) {
        var check = new ConditionCheck();
        check.condition(condition, "", 1);
        return List.copyOf(check.faults);
    }

    private void fault(String pointer, String code, String message) {
        faults.add(new Fault(pointer, code, message));
    }

    private void condition(JsonNode node, String at, int depth) {
        if (!node.isObject()) {
            fault(at, "wrong_type", "must be an object");
        } else if (depth > DEEPEST) {
            fault(at, "too_deep", "may be " + DEEPEST + " deep at most");
        } else if (++parts > MOST_PARTS) {
            if (parts == MOST_PARTS + 1) {
                fault(at, "too_many", "may have " + MOST_PARTS + " parts at most");
            }
        } else if (node.has("all")) {
            several(node, "all", at, depth);
        } else if (node.has("any")) {
            several(node, "any", at, depth);
        } else if (node.has("not")) {
            only(node, at, "not");
            condition(node.path("not"), at + "/not", depth + 1);
        } else if (node.has("field")) {
            leaf(node, at);
        } else {
            fault(at, "required", "must have all, any, not or field");
        }
    }

    private void several(JsonNode node, String name, String at, int depth) {
        only(node, at, name);
        var array = node.path(name);
        var there = at + "/" + name;
        if (!array.isArray() || array.isEmpty()) {
            fault(there, "required", "must be a list with something in it");
            return;
        }
        for (var i = 0; i < array.size(); i++) {
            condition(array.path(i), there + "/" + i, depth + 1);
        }
    }

    private void leaf(JsonNode node, String at) {
        var field = node.path("field").asString("");
        switch (field) {
            case "amount" -> {
                only(node, at, "field", "op", "currency", "value");
                comparison(node, at);
                amount(node, at);
            }
            case "ip" -> {
                only(node, at, "field", "op", "values");
                oneOf(node, at, "op", Set.of("in"));
                values(node, at, true);
            }
            case "time" -> {
                only(node, at, "field", "zone", "from", "to");
                zone(node, at);
                time(node, at, "from");
                time(node, at, "to");
            }
            case "count" -> {
                only(node, at, "field", "of", "window_minutes", "op", "value");
                counted(node, at);
                comparison(node, at);
                whole(node, at, "value", 0, 1_000_000);
            }
            case "sum" -> {
                only(node, at, "field", "of", "window_minutes", "op", "currency", "value");
                counted(node, at);
                comparison(node, at);
                amount(node, at);
            }
            default -> name(node, field, at);
        }
    }

    private void name(JsonNode node, String field, String at) {
        if (!NAMES.contains(field)) {
            fault(at + "/field", "not_known", "is nothing we know of a payment");
            return;
        }
        if (node.path("op").asString("").equals("is_set")) {
            only(node, at, "field", "op");
            return;
        }
        only(node, at, "field", "op", "values");
        if (oneOf(node, at, "op", Set.of("in", "is_set"))) {
            values(node, at, false);
        }
    }

    private void only(JsonNode node, String at, String... names) {
        var known = Set.of(names);
        for (var name : node.propertyNames()) {
            if (!known.contains(name)) {
                fault(at + "/" + pointer(name), "unknown_field", "is not known here");
            }
        }
    }

    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private void comparison(JsonNode node, String at) {
        oneOf(node, at, "op", COMPARISONS);
    }

    private void counted(JsonNode node, String at) {
        oneOf(node, at, "of", COUNTED_BY);
        whole(node, at, "window_minutes", 1, LONGEST_WINDOW_MINUTES);
    }

    private boolean oneOf(JsonNode node, String at, String name, Set<String> known) {
        if (node.path(name).isString() && known.contains(node.path(name).asString())) {
            return true;
        }
        fault(
                at + "/" + name,
                "not_known",
                "must be one of " + String.join(", ", known.stream().sorted().toList()));
        return false;
    }

    private void whole(JsonNode node, String at, String name, int least, int most) {
        var value = node.path(name);
        if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
            fault(
                    at + "/" + name,
                    "out_of_range",
                    "must be a whole number from " + least + " to " + most);
        }
    }

    private void amount(JsonNode node, String at) {
        var currency = currency(node.path("currency"));
        if (currency == null) {
            fault(at + "/currency", "not_known", "must be a currency, ISO 4217");
            return;
        }
        try {
            if (!node.path("value").isString()) {
                throw new IllegalArgumentException("must be a text");
            }
            Money.parse(node.path("value").asString(), currency);
        } catch (InvalidAmount e) {
            fault(at + "/value", "no_amount", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException _) {
            fault(at + "/value", "wrong_type", "must be an amount as a text, such as \"120.00\"");
        }
    }

    private static @Nullable Currency currency(JsonNode code) {
        try {
            return code.isString() ? Currency.of(code.asString()) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void values(JsonNode node, String at, boolean addresses) {
        var array = node.path("values");
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_VALUES) {
            fault(at + "/values", "out_of_range", "must be a list of 1 to " + MOST_VALUES);
            return;
        }
        for (var i = 0; i < array.size(); i++) {
            var value = array.path(i);
            if (!value.isString()
                    || value.asString().isEmpty()
                    || value.asString().length() > LONGEST_VALUE) {
                fault(
                        at + "/values/" + i,
                        "wrong_type",
                        "must be a text of 1 to " + LONGEST_VALUE + " characters");
            } else if (addresses && !isNetwork(value.asString())) {
                fault(
                        at + "/values/" + i,
                        "no_network",
                        "must be a network such as 203.0.113.0/24");
            }
        }
    }

    private static boolean isNetwork(String text) {
        var slash = text.indexOf('/');
        try {
            var bits =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                                    .getAddress()
                                    .length
                            * Byte.SIZE;
            var length = slash < 0 ? "" : text.substring(slash + 1);
            return slash < 0 || (length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= bits);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void zone(JsonNode node, String at) {
        try {
            ZoneId.of(node.path("zone").asString(""));
        } catch (DateTimeException _) {
            fault(at + "/zone", "not_known", "must be a time zone such as Pacific/Auckland");
        }
    }

    private void time(JsonNode node, String at, String name) {
        if (!TIME.matcher(node.path(name).asString("")).matches()) {
            fault(at + "/" + name, "wrong_format", "must be a time such as 22:00");
        }
    }
}
