package io.ferrypay.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads the XML that some companies still speak, as if a stranger had written it: no DTD, no
 * entities but the five of XML itself, nothing fetched, and neither long nor deep.
 */
public final class Xml {

    /** The longest document that is looked at. */
    public static final int MOST_BYTES = 1 << 20;

    private static final String DEEPEST = "32";

    private Xml() {}

    /** The root element; empty when the bytes are anything but one plain document. */
    public static Optional<Element> parse(byte[] document) {
        if (document.length == 0 || document.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Silent()); // Else mistakes are printed on stderr.
            return Optional.ofNullable(
                    builder.parse(new ByteArrayInputStream(document)).getDocumentElement());
        } catch (SAXException | IOException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of the one child of that name; null when there is none, or more than one. */
    public static @Nullable String text(Element parent, String child) {
        var found = children(parent, child);
        return found.size() == 1 ? found.getFirst().getTextContent().strip() : null;
    }

    /** The one child of that name; empty when there is none, or more than one. */
    public static Optional<Element> child(Element parent, String name) {
        var found = children(parent, name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The children of that name, not their descendants. */
    public static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /**
     * The texts of a document that is one element with one level of elements below it, by name and
     * in order; empty when it is anything else, or a name comes twice.
     */
    public static Optional<Map<String, String>> fields(byte[] document) {
        var root = parse(document).orElse(null);
        if (root == null) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, String>();
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (element.getElementsByTagName("*").getLength() > 0
                            || fields.put(element.getTagName(), element.getTextContent())
                                    != null)) {
                return Optional.empty();
            }
        }
        return Optional.of(fields);
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    private static final class Silent implements ErrorHandler {

        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
