package io.ferrypay.paymentchannel.risk;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.risk.Condition.Comparison;
import io.ferrypay.paymentchannel.risk.Condition.Name;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads a condition as {@code docs/api/console.md} describes it. Refuses whatever it does not know,
 * by {@link IllegalArgumentException}: a rule that is half understood must not decide.
 */
final class ConditionReader {

    static final int DEEPEST = 5;
    static final int MOST_PARTS = 50;
    static final int MOST_VALUES = 500;
    static final int LONGEST_WINDOW_MINUTES = 7 * 24 * 60;

    private int parts;

    private ConditionReader() {}

    static Condition read(JsonNode node) {
        return new ConditionReader().condition(node, 1);
    }

    private Condition condition(JsonNode node, int depth) {
        if (!node.isObject() || depth > DEEPEST || ++parts > MOST_PARTS) {
            throw new IllegalArgumentException("no condition, or too much of it");
        }
        if (node.has("all")) {
            only(node, "all");
            return new Condition.All(several(node.path("all"), depth));
        }
        if (node.has("any")) {
            only(node, "any");
            return new Condition.Any(several(node.path("any"), depth));
        }
        if (node.has("not")) {
            only(node, "not");
            return new Condition.Not(condition(node.path("not"), depth + 1));
        }
        return leaf(node, text(node, "field"));
    }

    private List<Condition> several(JsonNode array, int depth) {
        if (!array.isArray() || array.isEmpty()) {
            throw new IllegalArgumentException("no conditions");
        }
        var read = new ArrayList<Condition>();
        array.forEach(part -> read.add(condition(part, depth + 1)));
        return read;
    }

    private static Condition leaf(JsonNode node, String field) {
        return switch (field) {
            case "amount" -> {
                only(node, "field", "op", "currency", "value");
                var amount = amount(node);
                yield new Condition.AmountIs(
                        comparison(node), amount.currency(), amount.minorUnits());
            }
            case "ip" -> {
                only(node, "field", "op", "values");
                if (!text(node, "op").equals("in")) {
                    throw new IllegalArgumentException("an address is in a list");
                }
                yield new Condition.AddressIsIn(
                        values(node).stream().map(AddressRange::parse).toList());
            }
            case "time" -> {
                only(node, "field", "zone", "from", "to");
                yield new Condition.TimeIsIn(
                        parsed(node, "zone", ZoneId::of),
                        parsed(node, "from", LocalTime::parse),
                        parsed(node, "to", LocalTime::parse));
            }
            case "count" -> {
                only(node, "field", "of", "window_minutes", "op", "value");
                if (!node.path("value").isIntegralNumber()) {
                    throw new IllegalArgumentException("value is no whole number");
                }
                yield new Condition.CountIs(
                        by(node), window(node), comparison(node), node.path("value").asLong());
            }
            case "sum" -> {
                only(node, "field", "of", "window_minutes", "op", "currency", "value");
                var amount = amount(node);
                yield new Condition.SumIs(
                        by(node),
                        window(node),
                        comparison(node),
                        amount.currency(),
                        amount.minorUnits());
            }
            default -> name(node, field);
        };
    }

    private static Condition name(JsonNode node, String field) {
        var name = Name.valueOf(field.toUpperCase(Locale.ROOT));
        if (text(node, "op").equals("is_set")) {
            only(node, "field", "op");
            return new Condition.NameIsSet(name);
        }
        only(node, "field", "op", "values");
        if (!text(node, "op").equals("in")) {
            throw new IllegalArgumentException("a name is in a list, or is set");
        }
        return new Condition.NameIsIn(name, values(node));
    }

    private static Set<String> values(JsonNode node) {
        var values = new TreeSet<String>();
        var array = node.path("values");
        for (var value : array) {
            if (!value.isString()) {
                throw new IllegalArgumentException("values are texts");
            }
            values.add(value.asString());
        }
        if (!array.isArray() || values.isEmpty() || array.size() > MOST_VALUES) {
            throw new IllegalArgumentException("no values, or too many");
        }
        return Set.copyOf(values);
    }

    private static Money amount(JsonNode node) {
        return Money.parse(text(node, "value"), Currency.of(text(node, "currency")));
    }

    private static Comparison comparison(JsonNode node) {
        return Comparison.valueOf(text(node, "op").toUpperCase(Locale.ROOT));
    }

    private static CountedBy by(JsonNode node) {
        return CountedBy.ofWireName(text(node, "of"))
                .orElseThrow(() -> new IllegalArgumentException("nothing is counted by that"));
    }

    private static Duration window(JsonNode node) {
        var minutes = node.path("window_minutes");
        if (!minutes.isInt() || minutes.asInt() < 1 || minutes.asInt() > LONGEST_WINDOW_MINUTES) {
            throw new IllegalArgumentException("no window");
        }
        return Duration.ofMinutes(minutes.asInt());
    }

    private static <T> T parsed(JsonNode node, String name, Function<String, T> parser) {
        try {
            return parser.apply(text(node, name));
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(name + " can't be read", e);
        }
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value.asString();
    }

    private static void only(JsonNode node, String... names) {
        if (!Set.of(names).containsAll(node.propertyNames())) {
            throw new IllegalArgumentException("what else it says is not known");
        }
    }
}
