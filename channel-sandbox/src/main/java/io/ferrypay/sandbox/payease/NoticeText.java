package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.payease.Faults.Flaw;
import io.ferrypay.sandbox.payease.Notice.Ending;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes a notification: six lists, their number, and three marks over them. */
@Component("payeaseNoticeText")
class NoticeText {

    private static final String BETWEEN = "|_|";
    private static final String YUAN = "0";
    private static final String OTHER_CURRENCY = "1";
    private static final String OTHER_MERCHANT = "444";

    private final Marks marks;
    private final MacText text;

    NoticeText(Marks marks, MacText text) {
        this.marks = marks;
        this.text = text;
    }

    /** As a form or a query string. */
    String write(List<Ending> endings, List<Flaw> flaws) {
        boolean gbk = endings.getFirst().gbk();
        var fields = fields(endings, flaws, gbk);
        if (flaws.contains(Flaw.MISSING_FIELD)) {
            fields.remove("v_moneytype");
        }
        return Form.write(fields, Form.charset(gbk));
    }

    private Map<String, String> fields(List<Ending> endings, List<Flaw> flaws, boolean gbk) {
        var oids = join(endings, ending -> oid(ending, flaws));
        var banks = join(endings, Ending::bankName);
        var statuses = join(endings, Ending::status);
        var words = join(endings, Ending::words);
        var amounts =
                join(
                        endings,
                        ending ->
                                Order.yuan(
                                        ending.fen()
                                                + (flaws.contains(Flaw.TAMPERED_AMOUNT) ? 1 : 0)));
        var moneyTypes =
                join(endings, _ -> flaws.contains(Flaw.WRONG_CURRENCY) ? OTHER_CURRENCY : YUAN);
        var count = String.valueOf(endings.size() + (flaws.contains(Flaw.WRONG_COUNT) ? 1 : 0));
        var mac =
                text.mac(
                        gbk,
                        MacText.code(oids),
                        MacText.words(banks),
                        MacText.code(statuses),
                        MacText.words(words),
                        MacText.code(count));
        var money = marks.mac(StandardCharsets.US_ASCII, amounts, moneyTypes);
        return Form.of(
                "v_count", count,
                "v_oid", oids,
                "v_pmode", banks,
                "v_pstatus", statuses,
                "v_pstring", words,
                "v_amount", amounts,
                "v_moneytype", moneyTypes,
                "v_mac", flaws.contains(Flaw.BAD_MAC) ? "0".repeat(32) : mac,
                "v_md5money", flaws.contains(Flaw.BAD_MD5MONEY) ? "0".repeat(32) : money,
                "v_sign",
                        flaws.contains(Flaw.BAD_SIGNATURE)
                                ? marks.forgedSign()
                                : marks.sign(oids, statuses, amounts, moneyTypes, count));
    }

    private static String oid(Ending ending, List<Flaw> flaws) {
        return flaws.contains(Flaw.WRONG_MERCHANT)
                ? ending.oid().replaceFirst("-[0-9]+-", "-" + OTHER_MERCHANT + "-")
                : ending.oid();
    }

    private static String join(List<Ending> endings, Function<Ending, String> value) {
        return endings.stream().map(value).collect(Collectors.joining(BETWEEN));
    }
}
