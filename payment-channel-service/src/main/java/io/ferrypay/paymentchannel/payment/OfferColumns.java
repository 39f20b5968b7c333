package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.Offer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** An offer as two columns; of a form only that it was one. */
final class OfferColumns {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};

    private OfferColumns() {}

    static String kind(Offer offer) {
        return switch (offer) {
            case Offer.ShowQr _ -> "qr";
            case Offer.Redirect _ -> "redirect";
            case Offer.SubmitForm _ -> "form";
            case Offer.CallWallet _ -> "wallet_call";
        };
    }

    static @Nullable String content(Offer offer) {
        return switch (offer) {
            case Offer.ShowQr(var content) -> content;
            case Offer.Redirect(var url) -> url;
            case Offer.SubmitForm _ -> null;
            case Offer.CallWallet(var parameters) -> JSON.writeValueAsString(parameters);
        };
    }

    static @Nullable Offer offer(@Nullable String kind, @Nullable String content) {
        if (kind == null || content == null) {
            return null;
        }
        return switch (kind) {
            case "qr" -> new Offer.ShowQr(content);
            case "redirect" -> new Offer.Redirect(content);
            case "wallet_call" -> new Offer.CallWallet(JSON.readValue(content, PARAMETERS));
            default -> null;
        };
    }
}
