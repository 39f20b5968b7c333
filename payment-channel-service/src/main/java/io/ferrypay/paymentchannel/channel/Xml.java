package io.ferrypay.paymentchannel.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML that somebody else wrote: no DTD, so no entities of anybody's making, nothing fetched
 * from anywhere, nothing large.
 */
public final class Xml {

    private static final int MAX_BYTES = 1 << 20;

    private static final ErrorHandler SILENT =
            new ErrorHandler() {
                @Override
                public void warning(SAXParseException exception) {}

                @Override
                public void error(SAXParseException exception) throws SAXException {
                    throw exception;
                }

                @Override
                public void fatalError(SAXParseException exception) throws SAXException {
                    throw exception;
                }
            };

    private Xml() {}

    /** It is not XML we read. Says nothing about the content, which may be anybody's. */
    public static final class Unreadable extends Exception {

        Unreadable(String why) {
            super(why);
        }
    }

    /** The document, in the encoding it declares. */
    public static Document parse(byte[] bytes) throws Unreadable {
        if (bytes.length > MAX_BYTES) {
            throw new Unreadable("larger than " + MAX_BYTES + " bytes");
        }
        try {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(SILENT);
            return builder.parse(new ByteArrayInputStream(bytes));
        } catch (SAXException e) {
            throw new Unreadable("not well-formed, or with a DTD");
        } catch (IOException e) {
            throw new Unreadable("not in the encoding it declares");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The texts of a document that is one element with one level of elements below it, by name and
     * in order; a name that comes twice is refused.
     */
    public static Map<String, String> fields(byte[] bytes) throws Unreadable {
        var fields = new LinkedHashMap<String, String>();
        for (var child = parse(bytes).getDocumentElement().getFirstChild();
                child != null;
                child = child.getNextSibling()) {
            if (child instanceof Element element
                    && fields.put(element.getTagName(), text(element)) != null) {
                throw new Unreadable("an element comes twice");
            }
        }
        return fields;
    }

    private static String text(Element element) throws Unreadable {
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                throw new Unreadable("elements are nested");
            }
        }
        return element.getTextContent();
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }
}
