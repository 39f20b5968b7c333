package io.ferrypay.paymentchannel.statement.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.paymentchannel.statement.ListRecords;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/channel-accounts/{account}/records}: what we hold of an account's money. Answers
 * are lines of PostgreSQL's text format for COPY, written while they are read; the last one is
 * {@code end}, a tab and how many came before. Without it the answer broke off.
 */
@RestController
@ForServices("reconcile-service")
@RequestMapping("/internal/channel-accounts")
class RecordController {

    private static final int MOST_NUMBERS = 500;
    private static final int WIDEST_EDGE = 720;

    /** The Chinese calendar has had no daylight saving since 1991. */
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final ListRecords listRecords;

    RecordController(ListRecords listRecords) {
        this.listRecords = listRecords;
    }

    /**
     * What moved on a Beijing day, and so many minutes before and after it: clocks differ.
     *
     * @param edge minutes, 720 at most
     */
    @GetMapping("/{account}/records/{day}")
    void ofDay(
            @PathVariable String account,
            @PathVariable String day,
            @RequestParam(name = "edge_minutes", defaultValue = "0") int edge,
            HttpServletResponse response)
            throws IOException {
        var date = date(day);
        if (edge < 0 || edge > WIDEST_EDGE) {
            throw ApiException.invalid("/edge_minutes", "too_large", "must be from 0 to 720");
        }
        var from = date.atStartOfDay().toInstant(BEIJING).minus(Duration.ofMinutes(edge));
        var until =
                date.plusDays(1).atStartOfDay().toInstant(BEIJING).plus(Duration.ofMinutes(edge));
        send(account, response, sink -> listRecords.between(account, from, until, sink));
    }

    /** By number, whatever became of them. */
    @PostMapping(path = "/{account}/records/lookup", consumes = MediaType.APPLICATION_JSON_VALUE)
    void numbered(
            @PathVariable String account,
            @RequestBody Numbers numbers,
            HttpServletResponse response)
            throws IOException {
        if (numbers.orders().size() + numbers.refunds().size() > MOST_NUMBERS) {
            throw ApiException.invalid("/order_numbers", "too_long", "500 numbers at most");
        }
        send(
                account,
                response,
                sink -> listRecords.numbered(account, numbers.orders(), numbers.refunds(), sink));
    }

    record Numbers(@Nullable List<String> orderNumbers, @Nullable List<String> refundNumbers) {

        List<String> orders() {
            return orderNumbers == null ? List.of() : orderNumbers;
        }

        List<String> refunds() {
            return refundNumbers == null ? List.of() : refundNumbers;
        }
    }

    private interface Listing {
        long into(ListRecords.Sink sink) throws IOException;
    }

    private void send(String account, HttpServletResponse response, Listing listing)
            throws IOException {
        if (!listRecords.knows(account)) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        response.setContentType("text/tab-separated-values;charset=UTF-8");
        var text =
                new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        long sent = listing.into(row -> text.write(row.line()));
        text.write("end\t" + sent + "\n");
        text.flush();
    }

    private static LocalDate date(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid("/day", "wrong_format", "must be a day such as 2026-11-24");
        }
    }
}
