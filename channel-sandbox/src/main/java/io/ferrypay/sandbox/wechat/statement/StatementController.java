package io.ferrypay.sandbox.wechat.statement;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.SignedText;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out a day's file from the next day's morning on, Beijing time. */
@RestController
class StatementController {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final LocalTime STARTED_AT = LocalTime.of(9, 0);
    private static final LocalTime READY_AT = LocalTime.of(10, 0);
    private static final int DAYS_KEPT = 180;

    private final ApiDesk desk;
    private final StatementFile file;
    private final StatementSwitches switches;
    private final WechatProperties properties;
    private final SandboxClock clock;

    StatementController(
            ApiDesk desk,
            StatementFile file,
            StatementSwitches switches,
            WechatProperties properties,
            SandboxClock clock) {
        this.desk = desk;
        this.file = file;
        this.switches = switches;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping("/v3/global/statements")
    ResponseEntity<byte[]> statement(HttpServletRequest request) {
        return desk.answer(request, ApiOperation.STATEMENT, "", call -> statement(request, call));
    }

    private Object statement(HttpServletRequest request, WechatCall call) {
        if (!call.mchid().equals(request.getParameter("sp_mchid"))) {
            throw WechatError.badInput("query", "sp_mchid", "is not the mchid that signed");
        }
        var subMchid = request.getParameter("sub_mchid");
        if (subMchid != null && properties.subMerchant(subMchid) == null) {
            throw WechatError.of(403, "NO_AUTH", "sub_mchid does not belong to this sp_mchid.");
        }
        var day = day(request.getParameter("date"));
        requireAvailable(day);
        var setting = switches.now();
        var text = file.of(day, subMchid, setting);
        if (text == null) {
            throw nothing();
        }
        var encoding = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean gzip = encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
        return new SignedText(text, gzip, setting.wrongSha1());
    }

    private void requireAvailable(LocalDate day) {
        var now = clock.instant().atOffset(BEIJING);
        if (day.isBefore(now.toLocalDate().minusDays(DAYS_KEPT))) {
            throw WechatError.badInput("query", "date", "is more than 180 days ago");
        }
        if (now.toLocalDate().isBefore(day.plusDays(1))) {
            throw nothing();
        }
        if (now.toLocalDate().equals(day.plusDays(1))) {
            if (now.toLocalTime().isBefore(STARTED_AT)) {
                throw nothing();
            }
            if (now.toLocalTime().isBefore(READY_AT)) {
                throw WechatError.of(400, "STATEMENT_CREATING", "The statement is being made.");
            }
        }
    }

    private static LocalDate day(@Nullable String date) {
        try {
            return LocalDate.parse(date == null ? "" : date, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeParseException e) {
            throw WechatError.badInput("query", "date", "is not of the form yyyyMMdd");
        }
    }

    private static WechatError nothing() {
        return WechatError.of(400, "NO_STATEMENT_EXIST", "账单不存在");
    }
}
