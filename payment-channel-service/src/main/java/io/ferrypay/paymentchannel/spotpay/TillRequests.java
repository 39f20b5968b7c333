package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what tills send. */
@Component
class TillRequests {

    static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    private static final long LARGEST_MINOR = 99_999_999_999L;

    private final JsonMapper strict;

    TillRequests(JsonMapper json) {
        this.strict = json.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    <T> T read(Class<T> type, byte[] body, HttpServletRequest request) {
        try {
            var read = strict.readValue(body, type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "not what was expected", e, new ServletServerHttpRequest(request));
        }
        throw ApiException.invalid("", "required", "must be a JSON object");
    }

    /** Null when it is wrong, which is then among what was found. */
    static @Nullable Money money(
            @Nullable String amount, @Nullable String currency, Violations found) {
        if (amount == null) {
            found.required("/amount");
        }
        if (currency == null) {
            found.required("/currency");
        }
        if (amount == null || currency == null) {
            return null;
        }
        try {
            var money = Money.parse(amount, currency);
            if (!money.isPositive()) {
                found.add("/amount", "too_small", "must be more than zero");
            } else if (money.minorUnits() > LARGEST_MINOR) {
                found.add("/amount", "too_large", "is more than one payment can carry");
            }
            return money;
        } catch (InvalidAmount e) {
            found.add("/amount", "wrong_format", String.valueOf(e.getMessage()));
        } catch (UnknownCurrency _) {
            found.add("/currency", "unknown", "is not a currency we know");
        }
        return null;
    }
}
