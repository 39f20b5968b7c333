package io.ferrypay.tradeadmin.withdrawal.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.BankFiles;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import io.ferrypay.tradeadmin.withdrawal.Batches.Cut;
import io.ferrypay.tradeadmin.withdrawal.HandOutBatch;
import io.ferrypay.tradeadmin.withdrawal.HearBank;
import io.ferrypay.tradeadmin.withdrawal.ReadBankFile;
import io.ferrypay.tradeadmin.withdrawal.TakeBankAnswer.Applied;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What goes to the bank and what comes back from it, for staff; and the job that cuts batches. */
@RestController
class BatchConsole {

    private static final String ROOT = "/console/api/withdrawal-batches";
    private static final String READ = "withdrawals:read";
    private static final String EXPORT = "withdrawals:export";
    private static final int NEWEST = 100;
    private static final int LONGEST_REASON = 500;

    private final Batches batches;
    private final BankFiles files;
    private final ReadBankFile reader;
    private final HandOutBatch handOut;
    private final HearBank bank;
    private final Audit audit;
    private final Clock clock;

    BatchConsole(
            Batches batches,
            BankFiles files,
            ReadBankFile reader,
            HandOutBatch handOut,
            HearBank bank,
            Audit audit,
            Clock clock) {
        this.batches = batches;
        this.files = files;
        this.reader = reader;
        this.handOut = handOut;
        this.bank = bank;
        this.audit = audit;
        this.clock = clock;
    }

    @PostMapping(
            path = "/internal/jobs/cut-withdrawal-batches",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Cut cut() {
        return batches.cut();
    }

    record CutNow(int batches) {}

    /** Cuts test mode's withdrawals now; real money leaves by the clock only. */
    @PostMapping(path = ROOT + ":cut_test", produces = MediaType.APPLICATION_JSON_VALUE)
    CutNow cutTest(StaffCaller caller) {
        caller.require(EXPORT);
        audit.recordNow(Who.staff(caller), Audit.Act.of("withdrawal_batch.cut_by_hand", "test"));
        return new CutNow(batches.cutPlayMoney());
    }

    record BatchView(
            String id,
            String book,
            boolean livemode,
            String currency,
            LocalDate cutFor,
            int withdrawals,
            String total,
            Instant cutAt) {

        static BatchView of(Batch batch) {
            return new BatchView(
                    batch.id(),
                    batch.book().wireName(),
                    batch.book() == Book.LIVE,
                    batch.total().currency().code(),
                    batch.cutFor(),
                    batch.withdrawals(),
                    batch.total().toDecimalString(),
                    batch.cutAt());
        }
    }

    record BatchList(List<BatchView> data) {}

    /** The newest hundred, of both modes unless one is asked for. */
    @GetMapping(path = ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
    BatchList list(
            StaffCaller caller,
            @RequestParam(name = "livemode", required = false) @Nullable Boolean livemode) {
        caller.require(READ);
        var book = livemode == null ? null : livemode ? Book.LIVE : Book.TEST;
        return new BatchList(batches.list(book, NEWEST).stream().map(BatchView::of).toList());
    }

    /** ISO 20022 pain.001.001.09. Who had it is written down: account numbers are in it. */
    @GetMapping(path = ROOT + "/{id}/pain001.xml", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<byte[]> xml(
            StaffCaller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason) {
        var batch = handOut(caller, id, "pain001", reason);
        return attachment(BankFiles.fileName(batch) + ".xml", MediaType.APPLICATION_XML)
                .body(whole(out -> files.writeXml(batch, out)));
    }

    @GetMapping(path = ROOT + "/{id}/transfers.csv", produces = "text/csv")
    ResponseEntity<byte[]> csv(
            StaffCaller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason) {
        var batch = handOut(caller, id, "csv", reason);
        return attachment(
                        BankFiles.fileName(batch) + ".csv",
                        MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .body(whole(out -> files.writeCsv(batch, out)));
    }

    private Batch handOut(StaffCaller caller, String id, String format, @Nullable String reason) {
        caller.require(EXPORT);
        caller.requireStepUp(clock.instant());
        if (reason != null && (reason.isBlank() || reason.length() > LONGEST_REASON)) {
            throw ApiException.invalid("reason", "required", "must have 1 to 500 characters");
        }
        return handOut.handOut(caller, id, format, reason);
    }

    /**
     * Before the first byte leaves, so a file is whole or not there; a batch has a largest size.
     */
    private static byte[] whole(Consumer<OutputStream> file) {
        var bytes = new ByteArrayOutputStream();
        file.accept(bytes);
        return bytes.toByteArray();
    }

    private static ResponseEntity.BodyBuilder attachment(String name, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /**
     * pain.002 as XML, or CSV. All of it counts, or nothing; the same file counts once. 202 where
     * real money would be given back: then another person approves first.
     */
    @PostMapping(
            path = ROOT + "/{id}/responses",
            consumes = {MediaType.APPLICATION_XML_VALUE, "text/csv"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<AnswerView> response(
            StaffCaller caller,
            @PathVariable String id,
            @RequestHeader("Content-Type") MediaType type,
            @RequestBody byte[] file) {
        caller.require(EXPORT);
        caller.requireStepUp(clock.instant());
        var batch = batches.get(id);
        var heard =
                bank.hear(
                        caller,
                        batch,
                        reader.read(batch, file, type.isCompatibleWith(MediaType.APPLICATION_XML)));
        return ResponseEntity.status(heard.applied() == null ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .body(new AnswerView(heard.approval(), heard.applied()));
    }

    /**
     * @param approval the request that has to be approved by another person before it counts
     * @param applied what it did; null before that
     */
    record AnswerView(@Nullable String approval, @Nullable Applied applied) {}
}
