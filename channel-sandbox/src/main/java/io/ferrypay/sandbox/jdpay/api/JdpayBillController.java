package io.ferrypay.sandbox.jdpay.api;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.JdpayKeys;
import io.ferrypay.sandbox.jdpay.JdpayProperties;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayMisbehaviour.Kind;
import io.ferrypay.sandbox.jdpay.fault.JdpayOperation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code bapi.jdpay.com/api/download.do}. The header says whether a file follows; the codes beside
 * {@code 0000} are the sandbox's own.
 */
@RestController
@OnlyWithJdpayKeys
class JdpayBillController {

    private static final String FILE_FOLLOWS = "0000";
    private static final String NOT_READY = "0010";
    private static final String BAD_SIGNATURE = "0020";
    private static final String BAD_REQUEST = "0030";
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final LocalTime READY_AT = LocalTime.of(10, 0);
    private static final int OWNER_DIGITS = 9;
    private static final Pattern NAME =
            Pattern.compile("([0-9]{8})(ordercreate|bankreturn)_([0-9]{8,12})\\.zip");

    private final JdpayBill bill;
    private final JdpayKeys keys;
    private final JdpayProperties properties;
    private final JdpayFaults faults;
    private final SandboxClock clock;

    JdpayBillController(
            JdpayBill bill,
            JdpayKeys keys,
            JdpayProperties properties,
            JdpayFaults faults,
            SandboxClock clock) {
        this.bill = bill;
        this.keys = keys;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @RequestMapping(
            path = "/jdpay/api/download.do",
            method = {RequestMethod.GET, RequestMethod.POST})
    void download(
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String data,
            @RequestParam(defaultValue = "") String md5,
            HttpServletResponse response)
            throws IOException {
        var fault = faults.draw(JdpayOperation.BILL, null);
        fault.hesitate();
        if (fault.is(Kind.FAIL_BEFORE)) {
            response.sendError(500);
            return;
        }
        if (fault.is(Kind.BUSY)) {
            response.setHeader("Return-Code", NOT_READY);
            return;
        }
        if (!MessageDigest.isEqual(
                md5.getBytes(StandardCharsets.US_ASCII),
                md5(data + keys.md5Key()).getBytes(StandardCharsets.US_ASCII))) {
            response.setHeader("Return-Code", BAD_SIGNATURE);
            return;
        }
        var wanted = wanted(data);
        var name = wanted == null ? null : NAME.matcher(wanted.name());
        if (wanted == null
                || name == null
                || !name.matches()
                || !fits(owner, wanted, name.group(2), name.group(3))) {
            response.setHeader("Return-Code", BAD_REQUEST);
            return;
        }
        LocalDate day;
        try {
            day =
                    LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                            .minusDays(properties.billDayOffset());
        } catch (DateTimeParseException e) {
            response.setHeader("Return-Code", BAD_REQUEST);
            return;
        }
        if (clock.instant().isBefore(day.plusDays(1).atTime(READY_AT).toInstant(BEIJING))) {
            response.setHeader("Return-Code", NOT_READY);
            return;
        }
        var bytes = bill.write(wanted.name(), day, name.group(2).equals("ordercreate"));
        response.setHeader("Return-Code", FILE_FOLLOWS);
        response.setContentType("application/zip");
        response.setContentLength(bytes.length);
        if (fault.is(Kind.CUT)) {
            response.getOutputStream().write(bytes, 0, bytes.length / 2);
            response.flushBuffer();
            throw new IOException("cut off on request");
        }
        response.getOutputStream().write(bytes);
    }

    private boolean fits(String owner, Wanted wanted, String kind, String merchant) {
        var ours = properties.merchant();
        return merchant.equals(ours)
                && owner.equals(
                        ours.length() > OWNER_DIGITS ? ours.substring(0, OWNER_DIGITS) : ours)
                && wanted.path().equals(kind.equals("ordercreate") ? "0001/0001" : "0001/0002");
    }

    private static @Nullable Wanted wanted(String data) {
        try {
            var json = Base64.getDecoder().decode(data);
            var wanted = JsonMapper.shared().readTree(json);
            return new Wanted(wanted.path("name").asString(""), wanted.path("path").asString(""));
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Wanted(String name, String path) {}
}
