package io.ferrypay.reconcile.convert;

import java.io.IOException;
import org.springframework.stereotype.Service;

/**
 * Reads a statement into the standard bill. Memory is bounded whatever the file holds: no more than
 * one line is kept, and a line of more than 64 KiB is a bad line. No line is left out silently.
 */
@Service
public class ConvertStatement {

    /**
     * @throws IOException when the file cannot be opened or read, or the sink fails; never because
     *     of what is in the file
     */
    public Conversion convert(
            StatementFormat format, Statement file, KnownAmounts known, BillSink sink)
            throws IOException {
        var bill = new Bill(sink);
        return switch (format) {
            case WECHAT_GLOBAL -> new WechatConvertor(known).convert(file, bill);
            case ALIPAY_COMPARE,
                    ALIPAY_FPTRADE,
                    ALIPAY_TRANSACTION,
                    ALIPAY_SETTLE,
                    ALIPAY_TRANSACTION_ITEMS ->
                    new AlipayConvertor(format).convert(file, bill);
            case JDPAY_ZIP -> new JdpayConvertor().convert(file, bill);
            case PAYEASE_VIRTUAL -> new PayeaseConvertor().convert(file, bill);
        };
    }
}
