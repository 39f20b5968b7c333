package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class V2SignatureTest {

    /** The example of WeChat's own page about signatures. */
    private static final Map<String, String> EXAMPLE =
            Map.of(
                    "appid", "wxd930ea5d5a258f4f",
                    "mch_id", "10000100",
                    "device_info", "1000",
                    "body", "test",
                    "nonce_str", "ibuaiVcKdpRxkhJA");

    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";

    @Test
    void wechats_example_is_reproduced() {
        assertThat(new V2Signature(KEY, V2Signature.Kind.MD5).of(EXAMPLE))
                .isEqualTo("9A0A8659F005D6984697E2CA0A9CF3B7");
        assertThat(new V2Signature(KEY, V2Signature.Kind.HMAC_SHA256).of(EXAMPLE))
                .isEqualTo("6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6");
    }

    @Test
    void empty_values_and_the_signature_itself_are_not_signed() {
        var more = new HashMap<>(EXAMPLE);
        more.put("attach", "");
        more.put("sign", "9A0A8659F005D6984697E2CA0A9CF3B7");

        assertThat(new V2Signature(KEY, V2Signature.Kind.MD5).fits(more)).isTrue();
    }

    @Test
    void a_changed_value_a_missing_signature_and_another_key_do_not_fit() {
        var changed = new HashMap<>(EXAMPLE);
        changed.put("body", "text");
        changed.put("sign", "9A0A8659F005D6984697E2CA0A9CF3B7");
        var signed = new HashMap<>(EXAMPLE);
        signed.put("sign", "9A0A8659F005D6984697E2CA0A9CF3B7");

        assertThat(new V2Signature(KEY, V2Signature.Kind.MD5).fits(changed)).isFalse();
        assertThat(new V2Signature(KEY, V2Signature.Kind.MD5).fits(EXAMPLE)).isFalse();
        assertThat(new V2Signature(KEY + "0", V2Signature.Kind.MD5).fits(signed)).isFalse();
    }
}
