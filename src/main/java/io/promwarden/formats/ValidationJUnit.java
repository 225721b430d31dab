package io.promwarden.formats;

import io.promwarden.admission.Reason;
import io.promwarden.admission.Validation;
import io.promwarden.admission.Validation.Outcome;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The same records as a JUnit report: a test case each, which fails when the object is rejected or can't be read. */
public final class ValidationJUnit {

    private ValidationJUnit() {}

    public static String text(List<Validation> records) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "promwarden validate");
            xml.writeAttribute("tests", String.valueOf(records.size()));
            xml.writeAttribute("failures", String.valueOf(count(records, Outcome.REJECTED)));
            xml.writeAttribute("errors", String.valueOf(count(records, Outcome.UNREADABLE)));
            xml.writeAttribute("skipped", String.valueOf(count(records, Outcome.UNKNOWN)));
            for (Validation record : records) {
                xml.writeCharacters("\n  ");
                testCase(xml, record);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory can always be written", e);
        }
        return text.toString();
    }

    private static void testCase(XMLStreamWriter xml, Validation record) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(record.file()));
        xml.writeAttribute(
                "name",
                clean(record.subject()
                        + record.prometheus().map(name -> " for " + name).orElse("")));
        xml.writeAttribute("file", clean(record.file()));
        xml.writeAttribute("line", String.valueOf(record.line()));
        String element = switch (record.verdict().orElse(Outcome.ACCEPTED)) {
            case REJECTED -> "failure";
            case UNREADABLE -> "error";
            case UNKNOWN -> "skipped";
            case ACCEPTED, NOT_SELECTED -> "";
        };
        List<String> reasons =
                record.reasons().stream().map(ValidationJUnit::line).toList();
        if (!element.isEmpty()) {
            xml.writeStartElement(element);
            xml.writeAttribute("message", clean(reasons.isEmpty() ? "" : reasons.getFirst()));
            xml.writeCharacters(clean(String.join("\n", reasons)));
            xml.writeEndElement();
        }
        List<String> said = new ArrayList<>();
        record.findings()
                .forEach(note -> said.add(note.severity().word() + " " + note.check() + " "
                        + note.path().orElse("") + ": " + note.message()));
        if (!record.dropped().isEmpty()) {
            said.add("dropped: " + String.join(", ", record.dropped()));
        }
        if (!said.isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(String.join("\n", said)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String line(Reason reason) {
        return reason.code() + (reason.path().isEmpty() ? "" : " " + reason.path()) + ": " + reason.message();
    }

    private static long count(List<Validation> records, Outcome outcome) {
        return records.stream().filter(record -> record.is(outcome)).count();
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(
                        c == '\n'
                                        || c == '\t'
                                        || (c >= 0x20 && c <= 0xD7FF)
                                        || (c >= 0xE000 && c <= 0xFFFD)
                                        || c > 0xFFFF
                                ? c
                                : 0xFFFD));
        return clean.toString();
    }
}
