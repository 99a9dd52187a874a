package io.faultline.report;

import io.faultline.model.Kind;
import io.faultline.report.verdict.Answer;
import io.faultline.report.verdict.Judgement;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// `junit.xml`: the verdict as build servers read it, a test case for each judgement. What was
/// violated is a failure; what was not put to the test is an error, since it is no success. Times
/// are virtual.
public record JUnitXml() implements Report {

    @Override
    public Path write(Result result, Path folder) throws IOException {
        return WholeFile.write(folder.resolve("junit.xml"), of(result));
    }

    /// The content of the file.
    public static String of(Result result) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(result, xml);
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML into a text", e);
        }
        return text.toString();
    }

    private static void suite(Result result, XMLStreamWriter xml) throws XMLStreamException {
        var verdict = result.verdict();
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", result.scenario());
        xml.writeAttribute("tests", Integer.toString(verdict.judgements().size()));
        xml.writeAttribute("failures", Long.toString(verdict.count(Answer.VIOLATED)));
        xml.writeAttribute("errors", Long.toString(verdict.count(Answer.INCONCLUSIVE)));
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute("time", seconds(result));
        line(xml, 2);
        xml.writeStartElement("properties");
        property("seed", Long.toString(result.seed()), xml);
        property("fingerprint", result.fingerprint(), xml);
        property("verdict", result.answerInWords(), xml);
        property("exitCode", Integer.toString(verdict.exitCode()), xml);
        property("replay", result.replay(), xml);
        property("version", result.version(), xml);
        line(xml, 2);
        xml.writeEndElement();
        for (var judgement : verdict.judgements()) {
            line(xml, 2);
            testCase(result.scenario(), judgement, xml);
        }
        line(xml, 0);
        xml.writeEndElement();
    }

    private static void property(String name, String value, XMLStreamWriter xml)
            throws XMLStreamException {
        line(xml, 4);
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", value);
    }

    private static void testCase(String scenario, Judgement judgement, XMLStreamWriter xml)
            throws XMLStreamException {
        if (judgement.answer() == Answer.HELD) {
            xml.writeEmptyElement("testcase");
            attributes(scenario, judgement, xml);
            return;
        }
        xml.writeStartElement("testcase");
        attributes(scenario, judgement, xml);
        line(xml, 4);
        xml.writeEmptyElement(judgement.answer() == Answer.VIOLATED ? "failure" : "error");
        xml.writeAttribute("type", Kind.name(judgement.concern()));
        xml.writeAttribute("message", judgement.finding());
        line(xml, 2);
        xml.writeEndElement();
    }

    private static void attributes(String scenario, Judgement judgement, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeAttribute("classname", scenario);
        xml.writeAttribute("name", judgement.name());
    }

    private static void line(XMLStreamWriter xml, int indent) throws XMLStreamException {
        xml.writeCharacters("\n" + " ".repeat(indent));
    }

    private static String seconds(Result result) {
        return BigDecimal.valueOf(result.outcome().clock().nanos(), 9)
                .stripTrailingZeros()
                .toPlainString();
    }
}
