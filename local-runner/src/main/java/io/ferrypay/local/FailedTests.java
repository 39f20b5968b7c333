package io.ferrypay.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which Java tests failed, read from Maven's reports. A build's log ends with a table of modules,
 * far below what went wrong, and whoever sees only its end should know too.
 */
record FailedTests(List<String> told, int more) {

    private static final int MOST = 20;
    private static final int WORDS = 300;

    /**
     * Those below this folder, in reports written since then.
     *
     * @param depth how many folders below it the modules lie at most
     */
    static FailedTests below(Path folder, int depth, Instant since) throws IOException {
        var failed = new ArrayList<String>();
        for (var report : reports(folder, depth, since)) {
            try (var in = Files.newInputStream(report)) {
                var xml = reader().createXMLStreamReader(in);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamConstants.START_ELEMENT
                            && xml.getLocalName().equals("testcase")) {
                        read(xml, failed);
                    }
                }
            } catch (XMLStreamException _) {
                failed.add(report.getFileName() + " is cut off: its tests did not end");
            }
        }
        return new FailedTests(
                List.copyOf(failed.subList(0, Math.min(MOST, failed.size()))),
                Math.max(0, failed.size() - MOST));
    }

    private static List<Path> reports(Path folder, int depth, Instant since) throws IOException {
        var reports = new ArrayList<Path>();
        try (var found =
                Files.find(
                        folder,
                        depth + 3,
                        (path, file) ->
                                file.isRegularFile()
                                        && path.toString()
                                                .matches(
                                                        ".*/target/surefire-reports/TEST-[^/]*\\.xml")
                                        && file.lastModifiedTime().compareTo(FileTime.from(since))
                                                >= 0)) {
            found.sorted().forEach(reports::add);
        }
        return reports;
    }

    private static XMLInputFactory reader() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Reads to the end of a test case, of which the start was just read. */
    private static void read(XMLStreamReader xml, List<String> failed) throws XMLStreamException {
        var name =
                xml.getAttributeValue(null, "classname")
                        + "."
                        + xml.getAttributeValue(null, "name");
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals("testcase")) {
            if (xml.isStartElement()
                    && (xml.getLocalName().equals("failure")
                            || xml.getLocalName().equals("error"))) {
                failed.add(name + ": " + firstWords(xml));
            }
        }
    }

    private static String firstWords(XMLStreamReader xml) {
        var message = xml.getAttributeValue(null, "message");
        var words =
                (message == null ? String.valueOf(xml.getAttributeValue(null, "type")) : message)
                        .strip()
                        .replaceAll("\\s+", " ");
        return words.length() > WORDS ? words.substring(0, WORDS) + " …" : words;
    }
}
