package io.ferrypay.merchant.requestlog;

import io.ferrypay.identity.Mode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The log of requests: a partition of its table for each UTC day, dropped when it is old. */
@Service
public class KeepRequestLog {

    private static final Logger log = LoggerFactory.getLogger(KeepRequestLog.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String PARTITION = "request_log_";

    /** A number of ours for one who changes partitions. */
    private static final long LOCK = 7_202_055;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final int keptDays;

    KeepRequestLog(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Clock clock,
            @Value("${ferry.request-log.kept-days:7}") int keptDays) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.keptDays = keptDays;
    }

    /**
     * Writes what is not written yet; of keys that we know, and of days that are kept.
     *
     * @return how many were new
     */
    public int add(List<LoggedRequest> requests) {
        var today = today();
        var first = today.minusDays(keptDays).atStartOfDay().toInstant(ZoneOffset.UTC);
        var end = today.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        var taken =
                requests.stream()
                        .filter(request ->
                                !request.at().isBefore(first) && request.at().isBefore(end))
                        .toList();
        return jdbc.sql(
                        """
                        insert into request_log (at, request_id, merchant_id, mode, key_id, method, path,
                                                 status, millis)
                        select told.at, told.request_id, credential.merchant_id, credential.mode,
                               credential.id, told.method, told.path, told.status, told.millis
                          from unnest(:at::timestamptz[], :request::text[], :key::text[], :method::text[],
                                      :path::text[], :status::integer[], :millis::integer[])
                                  as told (at, request_id, key_id, method, path, status, millis)
                          join credential on credential.id = told.key_id
                            on conflict do nothing
                        """)
                .param("at", column(taken, request -> request.at().toString()))
                .param("request", column(taken, LoggedRequest::requestId))
                .param("key", column(taken, LoggedRequest::keyId))
                .param("method", column(taken, LoggedRequest::method))
                .param("path", column(taken, LoggedRequest::path))
                .param("status", column(taken, request -> String.valueOf(request.status())))
                .param("millis", column(taken, request -> String.valueOf(request.millis())))
                .update();
    }

    private static String[] column(
            List<LoggedRequest> requests, Function<LoggedRequest, String> value) {
        return requests.stream().map(value).toArray(String[]::new);
    }

    /**
     * Which requests.
     *
     * @param before only those older than this request
     * @param statusFrom the least status
     * @param statusTo the largest one
     */
    public record Filter(
            @Nullable String before,
            int statusFrom,
            int statusTo,
            @Nullable String method,
            @Nullable String keyId,
            @Nullable String requestId) {}

    /**
     * A request as its merchant sees it.
     *
     * @param keyName what the merchant calls the key
     * @param keyMasked how the key begins and ends
     */
    public record Shown(LoggedRequest request, String keyName, String keyMasked) {}

    /** The newest first. */
    public List<Shown> page(String merchantId, Mode mode, Filter filter, int limit) {
        return jdbc.sql(
                        """
                        select request_log.*, credential.name,
                               case credential.kind when 'secret' then 'sk_' else 'rk_' end
                                   || credential.mode || '_…' || credential.last4 as masked
                          from request_log join credential on credential.id = request_log.key_id
                         where request_log.merchant_id = :merchant and request_log.mode = :mode
                           and request_log.request_id < :before
                           and request_log.status between :from and :to
                           and (:method::text is null or request_log.method = :method)
                           and (:key::text is null or request_log.key_id = :key)
                           and (:request::text is null or request_log.request_id = :request)
                         order by request_log.request_id desc limit :limit
                        """)
                .param("merchant", merchantId)
                .param("mode", mode.text())
                .param("before", filter.before() == null ? "req_~" : filter.before())
                .param("from", filter.statusFrom())
                .param("to", filter.statusTo())
                .param("method", filter.method())
                .param("key", filter.keyId())
                .param("request", filter.requestId())
                .param("limit", limit)
                .query((row, _) ->
                        new Shown(
                                new LoggedRequest(
                                        row.getString("request_id"),
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("key_id"),
                                        row.getString("method"),
                                        row.getString("path"),
                                        row.getInt("status"),
                                        row.getInt("millis")),
                                row.getString("name"),
                                row.getString("masked")))
                .list();
    }

    /** Makes the partitions of the next days and drops those that are old. */
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(initialDelayString = "PT1H", fixedDelayString = "PT1H")
    public void keepDays() {
        try {
            transactions.executeWithoutResult(_ -> changePartitions());
        } catch (RuntimeException e) {
            log.warn("The days of the request log could not be kept", e);
        }
    }

    private void changePartitions() {
        jdbc.sql("select pg_advisory_xact_lock(" + LOCK + ")").query((_, _) -> 0).list();
        var today = today();
        var first = today.minusDays(keptDays);
        var there = days();
        for (var day = first; !day.isAfter(today.plusDays(2)); day = day.plusDays(1)) {
            if (!there.contains(day)) {
                jdbc.sql(
                                "create table %s partition of request_log for values from ('%s') to ('%s')"
                                        .formatted(name(day), start(day), start(day.plusDays(1))))
                        .update();
            }
        }
        for (var day : there) {
            if (day.isBefore(first)) {
                jdbc.sql("drop table " + name(day)).update();
            }
        }
    }

    private List<LocalDate> days() {
        var names =
                jdbc.sql(
                                """
                                select child.relname from pg_inherits
                                  join pg_class child on child.oid = inhrelid
                                 where inhparent = 'request_log'::regclass
                                """)
                        .query((row, _) -> row.getString(1))
                        .list();
        var days = new ArrayList<LocalDate>();
        for (var name : names) {
            try {
                days.add(LocalDate.parse(name.substring(PARTITION.length()), DAY));
            } catch (DateTimeParseException e) {
                log.warn("{} is no day of the request log", name, e);
            }
        }
        return days;
    }

    private static String name(LocalDate day) {
        return PARTITION + DAY.format(day);
    }

    private static String start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toString();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
