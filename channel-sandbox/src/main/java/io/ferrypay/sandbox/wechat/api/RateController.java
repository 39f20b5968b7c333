package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.YuanRates;
import io.ferrypay.sandbox.wechat.wire.FlatXml;
import io.ferrypay.sandbox.wechat.wire.V2Signature;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The older interface for the day's rate; the path is really spelt so. What it says when there is
 * none yet is not documented: FAIL is our choice.
 */
@RestController
class RateController {

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final LocalTime MADE_AT = LocalTime.of(10, 0);

    private final WechatProperties properties;
    private final V2Signature signature;
    private final YuanRates rates;
    private final SandboxClock clock;

    RateController(
            WechatProperties properties,
            V2Signature signature,
            YuanRates rates,
            SandboxClock clock) {
        this.properties = properties;
        this.signature = signature;
        this.rates = rates;
        this.clock = clock;
    }

    @PostMapping("/pay/queryexchagerate")
    ResponseEntity<byte[]> rate(HttpServletRequest request) {
        Map<String, String> asked;
        try {
            var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                return fail("XML格式错误");
            }
            asked = FlatXml.read(body);
        } catch (IOException e) {
            return fail("XML格式错误");
        }
        if (!properties.spMchid().equals(asked.get("mch_id"))
                || !properties.spAppid().equals(asked.get("appid"))) {
            return fail("appid和mch_id不匹配");
        }
        if (!signature.fits(asked)) {
            return fail("签名错误");
        }
        var currency = asked.getOrDefault("fee_type", "");
        var date = asked.getOrDefault("date", "");
        if (!rates.knows(currency) || YuanRates.isYuan(currency) || !isMade(date)) {
            return fail("汇率不存在");
        }
        var answer = new LinkedHashMap<String, String>();
        answer.put("return_code", "SUCCESS");
        answer.put("return_msg", "OK");
        answer.put("appid", properties.spAppid());
        answer.put("mch_id", properties.spMchid());
        if (asked.containsKey("sub_mch_id")) {
            answer.put("sub_mch_id", asked.get("sub_mch_id"));
        }
        answer.put("fee_type", currency);
        answer.put("rate_time", date);
        answer.put("rate", Long.toString(rates.scaled(currency)));
        answer.put("sign", signature.of(answer, asked.getOrDefault("sign_type", "MD5")));
        return xml(answer);
    }

    private boolean isMade(String date) {
        try {
            var day = LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE);
            return !clock.instant().isBefore(day.atTime(MADE_AT).toInstant(BEIJING));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static ResponseEntity<byte[]> fail(String message) {
        var answer = new LinkedHashMap<String, String>();
        answer.put("return_code", "FAIL");
        answer.put("return_msg", message);
        return xml(answer);
    }

    private static ResponseEntity<byte[]> xml(Map<String, String> answer) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(FlatXml.write(answer));
    }
}
