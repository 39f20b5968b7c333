package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.BankFile;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.BankLine;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.Said;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a bank says of a batch: a customer payment status report, ISO 20022 pain.002 (any
 * version: the elements read here have been the same since 001.03), or CSV with the columns {@code
 * withdrawal, amount, currency, status, reason}.
 */
@Component
public class ReadBankFile {

    private static final String TOTAL_COUNT = "OrgnlNbOfTxs";
    private static final String TOTAL_SUM = "OrgnlCtrlSum";

    /**
     * @param xml whether it is a pain.002, else CSV
     * @throws ApiException {@code bank_response_refused} where it can't be read
     */
    public BankFile read(Batch batch, byte[] file, boolean xml) {
        return xml ? xml(batch, file) : csv(file);
    }

    private static ApiException refused(String why) {
        return ApiException.of(WithdrawalProblems.RESPONSE, why);
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BankFile xml(Batch batch, byte[] file) {
        var factory = XMLInputFactory.newFactory();
        // A file from outside refers to nothing outside itself.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var lines = new ArrayList<BankLine>();
        var header = new HashMap<String, String>();
        try {
            var reader = factory.createXMLStreamReader(new ByteArrayInputStream(file), "UTF-8");
            var path = new ArrayDeque<String>();
            @Nullable Map<String, String> transaction = null;
            var text = new StringBuilder();
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD -> throw refused("A bank's file has no DTD.");
                    case XMLStreamConstants.START_ELEMENT -> {
                        path.push(reader.getLocalName());
                        text.setLength(0);
                        if (reader.getLocalName().equals("TxInfAndSts")) {
                            transaction = new HashMap<>();
                        } else if (transaction != null
                                && reader.getLocalName().equals("InstdAmt")) {
                            transaction.put(
                                    "Ccy", String.valueOf(reader.getAttributeValue(null, "Ccy")));
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            text.append(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        var name = path.pop();
                        var value = text.toString().strip();
                        text.setLength(0);
                        if (name.equals("TxInfAndSts") && transaction != null) {
                            lines.add(line(transaction));
                            transaction = null;
                        } else if (transaction != null) {
                            if (!value.isEmpty()) {
                                var key =
                                        name.equals("Cd") || name.equals("Prtry")
                                                ? path.peek() + "/" + name
                                                : name;
                                transaction.putIfAbsent(key, value);
                            }
                        } else if (!value.isEmpty()) {
                            header.putIfAbsent(name, value);
                        }
                    }
                    default -> {
                        // Comments and the like.
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw refused("It is no XML that can be read.");
        }
        var message = header.get("OrgnlMsgId");
        if (message == null || !BankFiles.ourId(message).equals(batch.id())) {
            throw refused("It speaks of another message.");
        }
        var others = others(header);
        if (lines.isEmpty() && others == null) {
            throw refused("It says nothing of any withdrawal.");
        }
        return new BankFile(sha256(file), count(header), total(header, batch), lines, others);
    }

    /**
     * A bank that refuses or takes a whole message says so once, for the payment or the group, and
     * names no transaction. Where a part was refused, those that are not named are not told of.
     */
    private static @Nullable Said others(Map<String, String> header) {
        var status = header.getOrDefault("PmtInfSts", header.get("GrpSts"));
        return status == null || status.equals("PART") ? null : said(status);
    }

    private static @Nullable Integer count(Map<String, String> header) {
        var text = header.get(TOTAL_COUNT);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw refused("Its count is no number.");
        }
        return Integer.valueOf(text);
    }

    private static @Nullable Money total(Map<String, String> header, Batch batch) {
        var text = header.get(TOTAL_SUM);
        return text == null ? null : amount(text, batch.total().currency().code());
    }

    /** Banks leave trailing zeros out. */
    private static Money amount(String text, String currency) {
        try {
            if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,5})?")) {
                throw refused("An amount in it is no number.");
            }
            var zero = Money.parse("0", currency);
            return Money.parse(
                    new BigDecimal(text).setScale(zero.currency().exponent()).toPlainString(),
                    currency);
        } catch (InvalidAmount | UnknownCurrency | ArithmeticException e) {
            throw refused("An amount in it is not one of its currency.");
        }
    }

    private static BankLine line(Map<String, String> transaction) {
        var id = transaction.get("OrgnlEndToEndId");
        if (id == null) {
            throw refused("A line names no withdrawal.");
        }
        var amount = transaction.get("InstdAmt");
        var currency = transaction.get("Ccy");
        var reason = transaction.get("Rsn/Cd");
        return new BankLine(
                BankFiles.ourId(id),
                amount == null || currency == null ? null : amount(amount, currency),
                said(transaction.getOrDefault("TxSts", "")),
                shortened(reason == null ? transaction.get("Rsn/Prtry") : reason));
    }

    /**
     * External code set ExternalPaymentTransactionStatus1Code. Accepted is not sent: only settled
     * is paid.
     */
    private static Said said(String status) {
        return switch (status) {
            case "ACSC", "ACCC" -> Said.PAID;
            case "RJCT", "CANC" -> Said.FAILED;
            case "ACTC", "ACCP", "ACSP", "ACWC", "ACFC", "RCVD", "PDNG", "PATC" -> Said.PENDING;
            default -> Said.UNKNOWN;
        };
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= 35 ? reason : reason.substring(0, 35);
    }

    private static BankFile csv(byte[] file) {
        var lines = new ArrayList<BankLine>();
        try (var rows =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(
                                new InputStreamReader(
                                        new ByteArrayInputStream(file), StandardCharsets.UTF_8))) {
            for (var row : rows) {
                lines.add(
                        new BankLine(
                                row.get("withdrawal"),
                                amount(row.get("amount"), row.get("currency")),
                                switch (row.get("status")) {
                                    case "paid" -> Said.PAID;
                                    case "failed" -> Said.FAILED;
                                    case "returned" -> Said.RETURNED;
                                    case "pending" -> Said.PENDING;
                                    default -> Said.UNKNOWN;
                                },
                                row.get("reason").isEmpty() ? null : shortened(row.get("reason"))));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused("It is no CSV with the columns that are wanted.");
        }
        return new BankFile(sha256(file), null, null, lines, null);
    }
}
