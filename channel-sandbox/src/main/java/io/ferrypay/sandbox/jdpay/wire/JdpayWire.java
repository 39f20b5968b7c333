package io.ferrypay.sandbox.jdpay.wire;

import io.ferrypay.sandbox.jdpay.JdpayProperties;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Opens what merchants send and seals what JD says. */
@Component
@OnlyWithJdpayKeys
public class JdpayWire {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    /** Notifications have this one: real ones do. */
    private static final String HEAD_WITH_BLANK = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>";

    private static final Pattern SIGN = Pattern.compile("<sign>(.*?)</sign>", Pattern.DOTALL);
    private static final String VERSION = "V2.0";

    private final JdpayCrypto crypto;
    private final String merchant;

    JdpayWire(JdpayCrypto crypto, JdpayProperties properties) {
        this.crypto = crypto;
        this.merchant = properties.merchant();
    }

    /** What is wrong with a message's signature, on purpose. */
    public enum Flaw {
        NONE,
        UNSIGNED,
        BAD_SIGNATURE
    }

    /**
     * The fields of a request.
     *
     * @throws JdpayError when it is not the merchant's
     */
    public Map<String, String> openRequest(byte[] body) {
        var envelope = fields(new String(body, StandardCharsets.UTF_8));
        if (!VERSION.equals(envelope.get("version"))) {
            throw JdpayError.badParameter("version");
        }
        if (!merchant.equals(envelope.get("merchant"))) {
            throw new JdpayError(JdpayError.Code.SIM104);
        }
        var text = decrypt(envelope.getOrDefault("encrypt", ""));
        if (text == null) {
            throw new JdpayError(JdpayError.Code.SIM103);
        }
        var oneLine =
                Arrays.stream(text.split("[\\t\\r\\n]"))
                        .map(String::strip)
                        .collect(Collectors.joining());
        var sign = SIGN.matcher(oneLine);
        if (!sign.find() || !crypto.isMerchants(sign.replaceFirst(""), sign.group(1))) {
            throw new JdpayError(JdpayError.Code.SIM102);
        }
        var fields = fields(oneLine);
        if (!merchant.equals(fields.get("merchant"))) {
            throw new JdpayError(JdpayError.Code.SIM104);
        }
        return fields;
    }

    /**
     * The plaintext of a form.
     *
     * @throws JdpayError when it is not the merchant's
     */
    public Map<String, String> openForm(Map<String, String> posted) {
        if (!VERSION.equals(posted.get("version"))) {
            throw JdpayError.badParameter("version");
        }
        if (!merchant.equals(posted.get("merchant"))) {
            throw new JdpayError(JdpayError.Code.SIM104);
        }
        var plain = new TreeMap<String, String>();
        posted.forEach((name, value) -> {
            if (name.equals("sign")) {
                return;
            }
            var open = name.equals("version") || name.equals("merchant") || value.isEmpty();
            var text = open ? value : crypto.decrypt(value);
            if (text == null) {
                throw new JdpayError(JdpayError.Code.SIM103, "cannot decrypt " + name);
            }
            plain.put(name, text);
        });
        var sign = posted.getOrDefault("sign", "").replace(' ', '+');
        if (!crypto.isMerchants(formText(plain), sign)) {
            throw new JdpayError(JdpayError.Code.SIM102);
        }
        return plain;
    }

    /** The browser's form back to the merchant; there is no merchant number in it. */
    public Map<String, String> sealForm(Map<String, String> plain, Flaw flaw) {
        var sealed = new LinkedHashMap<String, String>();
        plain.forEach(
                (name, value) -> sealed.put(name, value.isEmpty() ? "" : crypto.encrypt(value)));
        if (flaw != Flaw.UNSIGNED) {
            sealed.put(
                    "sign",
                    flaw == Flaw.BAD_SIGNATURE
                            ? crypto.forge()
                            : crypto.sign(formText(new TreeMap<>(plain))));
        }
        return sealed;
    }

    /** An answer: the signature stands last. */
    public String answer(MessageText content, Flaw flaw) {
        return seal(HEAD, merchant, result().add(content), new MessageText(), flaw);
    }

    /**
     * A notification: the signature stands in the middle.
     *
     * @param merchantTold whose it says it is
     */
    public String notification(
            String merchantTold, MessageText beforeSign, MessageText afterSign, Flaw flaw) {
        return seal(HEAD_WITH_BLANK, merchantTold, result().add(beforeSign), afterSign, flaw);
    }

    /** A failure, which nobody signs. */
    public String failure(JdpayError error) {
        return HEAD
                + "<jdpay>"
                + new MessageText()
                        .add("version", VERSION)
                        .add("merchant", merchant)
                        .add(
                                "result",
                                new MessageText()
                                        .add("code", error.code())
                                        .add("desc", error.description()))
                + "</jdpay>";
    }

    private String seal(
            String head, String merchantTold, MessageText before, MessageText after, Flaw flaw) {
        var start =
                head
                        + "<jdpay>"
                        + new MessageText().add("version", VERSION).add("merchant", merchantTold)
                        + before;
        var end = after + "</jdpay>";
        var sign =
                switch (flaw) {
                    case NONE -> "<sign>" + crypto.sign(start + end) + "</sign>";
                    case BAD_SIGNATURE -> "<sign>" + crypto.forge() + "</sign>";
                    case UNSIGNED -> "";
                };
        var hex = crypto.encrypt(start + sign + end);
        return HEAD
                + "<jdpay>"
                + new MessageText()
                        .add("version", VERSION)
                        .add("merchant", merchant)
                        .add(result())
                        .add(
                                "encrypt",
                                Base64.getEncoder()
                                        .encodeToString(hex.getBytes(StandardCharsets.US_ASCII)))
                + "</jdpay>";
    }

    private static MessageText result() {
        return new MessageText()
                .add("result", new MessageText().add("code", "000000").add("desc", "success"));
    }

    private @Nullable String decrypt(String base64) {
        try {
            var hex = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return crypto.decrypt(new String(hex, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String formText(Map<String, String> sorted) {
        return sorted.entrySet().stream()
                .filter(field -> !field.getKey().equals("sign") && !field.getValue().isBlank())
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    /** The elements right below the root; a name that comes twice is refused. */
    private static Map<String, String> fields(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
            var fields = new LinkedHashMap<String, String>();
            for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element
                        && fields.put(element.getTagName(), element.getTextContent()) != null) {
                    throw JdpayError.badParameter(element.getTagName());
                }
            }
            return fields;
        } catch (SAXException e) {
            throw JdpayError.badParameter("xml");
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
