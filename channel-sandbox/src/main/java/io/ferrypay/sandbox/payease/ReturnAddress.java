package io.ferrypay.sandbox.payease;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Where a bank's page sends the browser, with what it tells there. */
@Component("payeaseReturnAddress")
class ReturnAddress {

    private final Marks marks;
    private final MacText text;

    ReturnAddress(Marks marks, MacText text) {
        this.marks = marks;
        this.text = text;
    }

    String of(Order order) {
        var charset = Form.charset(order.gbk());
        var query = Form.write(fields(order), charset);
        return order.url() + (order.url().contains("?") ? "&" : "?") + query;
    }

    private Map<String, String> fields(Order order) {
        return Form.of(
                "v_oid", order.oid(),
                "v_pmode", order.bankName(),
                "v_pstatus", order.returned(),
                "v_pstring", order.words(),
                "v_amount", order.amount(),
                "v_moneytype", "0",
                "v_md5info",
                        text.mac(
                                order.gbk(),
                                MacText.code(order.oid()),
                                MacText.code(order.returned()),
                                MacText.words(order.words()),
                                MacText.words(order.bankName())),
                "v_md5money", marks.mac(StandardCharsets.US_ASCII, order.amount(), "0"),
                "v_sign", marks.sign(order.oid(), order.returned(), order.amount(), "0"));
    }
}
