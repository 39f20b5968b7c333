package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.fault.GatewayMisbehaviour;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes Alipay's XML. */
final class AnswerXml {

    private AnswerXml() {}

    static byte[] failure(String code) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alipay><is_success>F</is_success><error>%s</error></alipay>"
                .formatted(escape(code))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What has no content is not signed either. */
    static byte[] bare() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alipay><is_success>T</is_success></alipay>"
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param wrapper the one element around the fields: {@code trade} or {@code alipay}
     */
    static byte[] success(
            GatewayCall call,
            String wrapper,
            Map<String, String> fields,
            AlipayKeys keys,
            GatewayMisbehaviour fault) {
        var xml = new StringBuilder();
        xml.append("<?xml version=\"1.0\" encoding=\"%s\"?>\n".formatted(call.charset().name()));
        xml.append("<alipay><is_success>T</is_success><request>");
        call.parameters()
                .forEach((name, value) ->
                        xml.append(
                                "<param name=\"%s\">%s</param>"
                                        .formatted(escape(name), escape(value))));
        xml.append("</request><response><%s>".formatted(wrapper));
        fields.forEach(
                (name, value) -> xml.append("<%s>%s</%s>".formatted(name, escape(value), name)));
        xml.append("</%s></response>".formatted(wrapper));
        if (!fault.unsigned()) {
            var sign =
                    fault.badSignature()
                            ? keys.forge(call.signType(), call.charset())
                            : keys.sign(fields, call.signType(), call.charset());
            xml.append(
                    "<sign>%s</sign><sign_type>%s</sign_type>"
                            .formatted(escape(sign), call.signType()));
        }
        return xml.append("</alipay>").toString().getBytes(call.charset());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
