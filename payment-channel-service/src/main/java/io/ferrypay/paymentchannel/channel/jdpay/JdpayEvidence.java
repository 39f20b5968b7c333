package io.ferrypay.paymentchannel.channel.jdpay;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

/** What JD said, in a form that can be kept: nothing in it tells who paid. */
final class JdpayEvidence {

    private static final int MAX_CHARACTERS = 8 * 1024;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private JdpayEvidence() {}

    static String of(JdpayTrade trade) {
        var json = MAPPER.writeValueAsString(trade);
        return json.length() <= MAX_CHARACTERS ? json : "{}";
    }
}
