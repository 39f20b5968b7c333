package io.ferrypay.tradeadmin.statement;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.statement.BalanceStatement.Line;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * ISO 20022 camt.053.001.08. The account is the merchant's number with us: it is no bank's. Of test
 * money its ids begin with TEST.
 */
final class StatementCamt {

    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
    private static final int LONGEST = 35;

    private final ReadStatements statements;

    StatementCamt(ReadStatements statements) {
        this.statements = statements;
    }

    /** What a consumer of lines can't throw. */
    private static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritten(XMLStreamException cause) {
            super(cause);
        }
    }

    void write(BalanceStatement statement, OutputStream out) {
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Document");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("BkToCstmrStmt");
            xml.writeStartElement("GrpHdr");
            text(xml, "MsgId", id(statement));
            text(xml, "CreDtTm", time(statement.madeAt()));
            xml.writeEndElement();
            xml.writeStartElement("Stmt");
            text(xml, "Id", id(statement));
            text(xml, "CreDtTm", time(statement.madeAt()));
            xml.writeStartElement("FrToDt");
            text(xml, "FrDtTm", statement.from() + "T00:00:00");
            text(xml, "ToDtTm", statement.to() + "T23:59:59");
            xml.writeEndElement();
            xml.writeStartElement("Acct");
            xml.writeStartElement("Id");
            xml.writeStartElement("Othr");
            text(xml, "Id", short34(statement.merchantId()));
            xml.writeEndElement();
            xml.writeEndElement();
            text(xml, "Ccy", statement.opening().currency().code());
            xml.writeEndElement();
            balance(xml, "OPBD", statement.opening(), statement.from().toString());
            balance(xml, "CLBD", statement.closing(), statement.to().toString());
            summary(xml, statement);
            statements.forEach(
                    statement,
                    line -> {
                        try {
                            entry(xml, line);
                        } catch (XMLStreamException e) {
                            throw new Unwritten(e);
                        }
                    });
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException | Unwritten e) {
            throw new IllegalStateException("The statement could not be written", e);
        }
    }

    private static String id(BalanceStatement statement) {
        return (statement.book() == Book.LIVE ? "" : "TEST-")
                + statement.opening().currency().code()
                + "-"
                + statement.from().toString().replace("-", "")
                + "-"
                + statement.to().toString().replace("-", "");
    }

    private static void summary(XMLStreamWriter xml, BalanceStatement statement)
            throws XMLStreamException {
        xml.writeStartElement("TxsSummry");
        xml.writeStartElement("TtlNtries");
        text(xml, "NbOfNtries", String.valueOf(statement.movements()));
        xml.writeEndElement();
        xml.writeStartElement("TtlCdtNtries");
        text(xml, "Sum", statement.in().toDecimalString());
        xml.writeEndElement();
        xml.writeStartElement("TtlDbtNtries");
        text(xml, "Sum", statement.out().toDecimalString());
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void balance(XMLStreamWriter xml, String code, Money balance, String day)
            throws XMLStreamException {
        xml.writeStartElement("Bal");
        xml.writeStartElement("Tp");
        xml.writeStartElement("CdOrPrtry");
        text(xml, "Cd", code);
        xml.writeEndElement();
        xml.writeEndElement();
        amount(xml, balance);
        xml.writeStartElement("Dt");
        text(xml, "Dt", day);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void entry(XMLStreamWriter xml, Line line) throws XMLStreamException {
        xml.writeStartElement("Ntry");
        text(xml, "NtryRef", line.id());
        amount(xml, line.amount());
        xml.writeStartElement("Sts");
        text(xml, "Cd", "BOOK");
        xml.writeEndElement();
        xml.writeStartElement("BookgDt");
        text(xml, "DtTm", time(line.postedAt()));
        xml.writeEndElement();
        xml.writeStartElement("BkTxCd");
        xml.writeStartElement("Prtry");
        text(xml, "Cd", line.kind());
        text(xml, "Issr", "FerryPay");
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeStartElement("NtryDtls");
        xml.writeStartElement("TxDtls");
        xml.writeStartElement("Refs");
        text(xml, "EndToEndId", shortened(line.subject()));
        xml.writeEndElement();
        // Mandatory where details are given, and the same.
        amount(xml, line.amount());
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** And whether it is more or less. */
    private static void amount(XMLStreamWriter xml, Money money) throws XMLStreamException {
        var less = money.isNegative();
        xml.writeStartElement("Amt");
        xml.writeAttribute("Ccy", money.currency().code());
        xml.writeCharacters(
                (less ? Money.zero(money.currency()).minus(money) : money).toDecimalString());
        xml.writeEndElement();
        text(xml, "CdtDbtInd", less ? "DBIT" : "CRDT");
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text;
    }

    private static String short34(String text) {
        return text.length() < LONGEST ? text : text.substring(text.length() - LONGEST + 1);
    }

    private static String time(Instant at) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
                + "Z";
    }

    private static void text(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
