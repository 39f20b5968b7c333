package io.ferrypay.sandbox.wechat.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The older interfaces' XML: one element, one level of elements below it, never a DTD. */
public final class FlatXml {

    private FlatXml() {}

    /**
     * @throws IOException when it is not that
     */
    public static Map<String, String> read(byte[] xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
            var fields = new LinkedHashMap<String, String>();
            for (var child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element) {
                    fields.put(element.getTagName(), element.getTextContent());
                }
            }
            return fields;
        } catch (SAXException e) {
            throw new IOException("not such XML", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] write(Map<String, String> fields) {
        var xml = new StringBuilder("<xml>");
        fields.forEach((name, value) ->
                xml.append("<%s><![CDATA[%s]]></%s>\n".formatted(name, value, name)));
        return xml.append("</xml>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
