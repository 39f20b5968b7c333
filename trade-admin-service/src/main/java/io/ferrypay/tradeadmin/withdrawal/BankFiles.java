package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the bank is given for a batch: a customer credit transfer initiation, ISO 20022
 * pain.001.001.09, or the same as CSV. Made anew each time, it is the same file: its message id is
 * the batch's, so a bank that has had it takes it for what it is. It names account numbers in
 * clear; whoever hands it out records that.
 *
 * <p>Of test money it is no payment: its message id begins with TEST and whoever pays is nobody, at
 * a bank that is none (a BIC whose eighth character is 0 is for tests by ISO 9362), so no bank
 * carries it out.
 */
@Component
public class BankFiles {

    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
    private static final int LONGEST_NAME = 70;
    private static final String TEST = "TEST-";
    private static final String TEST_DEBTOR = "TEST - NOT A PAYMENT";
    private static final String TEST_ACCOUNT = "TEST-NO-ACCOUNT";
    private static final String TEST_BIC = "TESTNZ20";

    private final JdbcClient jdbc;
    private final NumberVault vault;
    private final Batches batches;
    private final WithdrawalSettings settings;

    BankFiles(JdbcClient jdbc, NumberVault vault, Batches batches, WithdrawalSettings settings) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.batches = batches;
        this.settings = settings;
    }

    private record Payee(String holder, String scheme, String number, @Nullable String bic) {

        /** Leaves the number out. */
        @Override
        public String toString() {
            return "Payee[" + scheme + "]";
        }
    }

    private record Transfer(Withdrawal withdrawal, Payee payee) {}

    private List<Transfer> transfers(Batch batch) {
        var transfers = new ArrayList<Transfer>();
        for (var withdrawal : batches.withdrawals(batch.id())) {
            transfers.add(
                    new Transfer(
                            withdrawal,
                            jdbc.sql(
                                            "select id, holder, scheme, number_sealed, bic"
                                                    + " from bank_account where id = ?")
                                    .param(withdrawal.bankAccountId())
                                    .query((row, _) ->
                                            new Payee(
                                                    row.getString(2),
                                                    row.getString(3),
                                                    vault.open(row.getString(1), row.getString(4)),
                                                    row.getString(5)))
                                    .single()));
        }
        return transfers;
    }

    /** Banks take few characters in a name of a file; our ids have one that they do not. */
    static String bankId(String id) {
        return id.replace('_', '-');
    }

    static String ourId(String bankId) {
        return (bankId.startsWith(TEST) ? bankId.substring(TEST.length()) : bankId)
                .replace('-', '_');
    }

    private static boolean isTest(Batch batch) {
        return batch.book() != Book.LIVE;
    }

    /** At most 35 characters, as ISO 20022 has it; of test money they begin with TEST. */
    private static String messageId(Batch batch) {
        return (isTest(batch) ? TEST : "") + bankId(batch.id());
    }

    /** How its files are called, without what comes after the dot. */
    public static String fileName(Batch batch) {
        return (isTest(batch) ? TEST : "") + batch.id();
    }

    /** In the letters that every bank takes. */
    static String plain(String name) {
        var plain =
                Normalizer.normalize(name, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .replace('&', '+')
                        .replaceAll("[^A-Za-z0-9/\\-?:().,'+ ]", ".");
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    }

    public void writeXml(Batch batch, OutputStream out) {
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Document");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("CstmrCdtTrfInitn");
            xml.writeStartElement("GrpHdr");
            text(xml, "MsgId", messageId(batch));
            text(
                    xml,
                    "CreDtTm",
                    DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                                    batch.cutAt()
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .atOffset(ZoneOffset.UTC))
                            + "Z");
            sums(xml, batch);
            xml.writeStartElement("InitgPty");
            text(xml, "Nm", isTest(batch) ? TEST_DEBTOR : plain(settings.debtor()));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeStartElement("PmtInf");
            text(xml, "PmtInfId", messageId(batch));
            text(xml, "PmtMtd", "TRF");
            sums(xml, batch);
            xml.writeStartElement("ReqdExctnDt");
            text(xml, "Dt", batch.cutFor().toString());
            xml.writeEndElement();
            xml.writeStartElement("Dbtr");
            text(xml, "Nm", isTest(batch) ? TEST_DEBTOR : plain(settings.debtor()));
            xml.writeEndElement();
            xml.writeStartElement("DbtrAcct");
            other(xml, isTest(batch) ? TEST_ACCOUNT : settings.debtorAccount());
            text(xml, "Ccy", batch.total().currency().code());
            xml.writeEndElement();
            xml.writeStartElement("DbtrAgt");
            xml.writeStartElement("FinInstnId");
            text(xml, "BICFI", isTest(batch) ? TEST_BIC : settings.debtorBic());
            xml.writeEndElement();
            xml.writeEndElement();
            for (var transfer : transfers(batch)) {
                transfer(xml, transfer);
            }
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The file for the bank could not be written", e);
        }
    }

    private static void sums(XMLStreamWriter xml, Batch batch) throws XMLStreamException {
        text(xml, "NbOfTxs", String.valueOf(batch.withdrawals()));
        text(xml, "CtrlSum", batch.total().toDecimalString());
    }

    private static void transfer(XMLStreamWriter xml, Transfer transfer) throws XMLStreamException {
        var withdrawal = transfer.withdrawal();
        var payee = transfer.payee();
        xml.writeStartElement("CdtTrfTxInf");
        xml.writeStartElement("PmtId");
        text(xml, "EndToEndId", bankId(withdrawal.id()));
        xml.writeEndElement();
        xml.writeStartElement("Amt");
        xml.writeStartElement("InstdAmt");
        xml.writeAttribute("Ccy", withdrawal.amount().currency().code());
        xml.writeCharacters(withdrawal.amount().toDecimalString());
        xml.writeEndElement();
        xml.writeEndElement();
        agent(xml, payee);
        xml.writeStartElement("Cdtr");
        text(xml, "Nm", plain(payee.holder()));
        xml.writeEndElement();
        xml.writeStartElement("CdtrAcct");
        if (payee.scheme().equals("iban")) {
            xml.writeStartElement("Id");
            text(xml, "IBAN", payee.number());
            xml.writeEndElement();
        } else {
            other(xml, payee.number());
        }
        xml.writeEndElement();
        xml.writeStartElement("RmtInf");
        text(xml, "Ustrd", plain(withdrawal.reference()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void agent(XMLStreamWriter xml, Payee payee) throws XMLStreamException {
        if (payee.bic() == null && !payee.scheme().equals("nz")) {
            return; // An IBAN names its bank.
        }
        xml.writeStartElement("CdtrAgt");
        xml.writeStartElement("FinInstnId");
        if (payee.bic() != null) {
            text(xml, "BICFI", payee.bic());
        } else {
            // New Zealand's clearing code is the bank and the branch.
            xml.writeStartElement("ClrSysMmbId");
            xml.writeStartElement("ClrSysId");
            text(xml, "Cd", "NZNCC");
            xml.writeEndElement();
            text(xml, "MmbId", payee.number().substring(0, 7).replace("-", ""));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void other(XMLStreamWriter xml, String number) throws XMLStreamException {
        xml.writeStartElement("Id");
        xml.writeStartElement("Othr");
        text(xml, "Id", number);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String text)
            throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    public void writeCsv(Batch batch, OutputStream out) {
        try {
            var csv =
                    new CSVPrinter(
                            new OutputStreamWriter(out, StandardCharsets.UTF_8),
                            CSVFormat.RFC4180
                                    .builder()
                                    .setHeader(
                                            "withdrawal",
                                            "holder",
                                            "account",
                                            "bic",
                                            "amount",
                                            "currency",
                                            "reference",
                                            "batch",
                                            "batch_withdrawals",
                                            "batch_total")
                                    .get());
            for (var transfer : transfers(batch)) {
                csv.printRecord(
                        transfer.withdrawal().id(),
                        cell(plain(transfer.payee().holder())),
                        (isTest(batch) ? TEST : "") + transfer.payee().number(),
                        transfer.payee().bic(),
                        transfer.withdrawal().amount().toDecimalString(),
                        transfer.withdrawal().amount().currency().code(),
                        cell(plain(transfer.withdrawal().reference())),
                        messageId(batch),
                        batch.withdrawals(),
                        batch.total().toDecimalString());
            }
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a merchant wrote is never a formula of a spreadsheet. */
    private static String cell(String text) {
        return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
