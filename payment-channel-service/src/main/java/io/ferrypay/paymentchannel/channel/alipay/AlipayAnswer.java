package io.ferrypay.paymentchannel.channel.alipay;

import java.util.Map;

/** What one call to Alipay came to. */
sealed interface AlipayAnswer {

    /** Whether Alipay is well: it is when it refuses, too. */
    default boolean isUsable() {
        return switch (this) {
            case Told _, Bare _, Refused _ -> true;
            case NotNow _, Unknown _ -> false;
        };
    }

    /** The gateway took the call, and Alipay signed what came of it. */
    record Told(Map<String, String> fields) implements AlipayAnswer {

        String field(String name) {
            return fields.getOrDefault(name, "");
        }

        /** Business errors stand in one of these. */
        String code() {
            var detail = field("detail_error_code");
            return AlipayClient.printable(detail.isEmpty() ? field("error") : detail);
        }

        @Override
        public String toString() {
            return "Told[" + field("result_code") + " " + code() + "]";
        }
    }

    /** The gateway took the call and says nothing more, so there is nothing it could sign. */
    record Bare() implements AlipayAnswer {}

    /** The gateway did not take the call: nothing happened. Such answers are never signed. */
    record Refused(String code) implements AlipayAnswer {}

    /** The call was not made. */
    record NotNow(String why) implements AlipayAnswer {}

    /** Alipay may have acted. */
    record Unknown(String why) implements AlipayAnswer {}
}
