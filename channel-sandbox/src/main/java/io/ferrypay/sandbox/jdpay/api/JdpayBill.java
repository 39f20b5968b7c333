package io.ferrypay.sandbox.jdpay.api;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import io.ferrypay.sandbox.jdpay.order.JdpayStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the bill of a day: a ZIP with one CSV in GBK, eighteen columns, yuan. */
@Component
@OnlyWithJdpayKeys
class JdpayBill {

    private static final Charset GBK = Charset.forName("GBK");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(BEIJING);
    private static final BigDecimal FEE = new BigDecimal("0.0060");

    private static final List<String> HEADER =
            List.of(
                    "商户订单号", "京东交易号", "交易金额", "支付方式", "业务类型", "交易状态", "退款金额", "备用", "交易时间", "完成时间",
                    "退款单号", "手续费", "账户名称", "备用2", "备注", "备用3", "银行名称", "第三方流水号");

    private final JdpayOrders orders;
    private final JdpayBillFaults faults;

    JdpayBill(JdpayOrders orders, JdpayBillFaults faults) {
        this.orders = orders;
        this.faults = faults;
    }

    /**
     * @param byCreation all orders by when they were made; otherwise by when money moved
     */
    byte[] write(String name, LocalDate day, boolean byCreation) throws IOException {
        var wrong = faults.of(day);
        var lines = new StringBuilder(String.join(",", HEADER)).append("\r\n");
        var all =
                orders.all().stream().sorted(Comparator.comparing(JdpayOrder::createdAt)).toList();
        for (var order : all) {
            var paidAt = order.status() == JdpayStatus.SUCCESS ? order.endedAt() : null;
            if (isOn(day, byCreation ? order.createdAt() : paidAt)
                    && !wrong.isMissing(order.tradeNum())) {
                payment(
                        lines,
                        order.tradeNum(),
                        order.orderId(),
                        wrong.amount(order.tradeNum(), order.terms().amount()),
                        order.status(),
                        order.createdAt(),
                        order.endedAt());
            }
            for (var refund : order.refunds()) {
                var endedAt = refund.state() == JdpayRefund.State.SUCCESS ? refund.endedAt() : null;
                if (isOn(day, byCreation ? refund.createdAt() : endedAt)
                        && !wrong.isMissing(refund.tradeNum())) {
                    refund(lines, order, refund, wrong.amount(refund.tradeNum(), refund.amount()));
                }
            }
        }
        for (var extra : wrong.extras()) {
            var noon = day.atTime(LocalTime.NOON).toInstant(BEIJING);
            payment(
                    lines,
                    extra.tradeNum(),
                    "000000000000000000000000",
                    extra.amount(),
                    JdpayStatus.SUCCESS,
                    noon,
                    noon);
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name.replace(".zip", ".csv")));
            zip.write(lines.toString().getBytes(GBK));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static boolean isOn(LocalDate day, @Nullable Instant moment) {
        return moment != null && LocalDate.ofInstant(moment, BEIJING).equals(day);
    }

    private static void payment(
            StringBuilder lines,
            String tradeNum,
            String orderId,
            long fen,
            JdpayStatus status,
            Instant createdAt,
            @Nullable Instant endedAt) {
        var amount = BigDecimal.valueOf(fen, 2);
        var paid = status == JdpayStatus.SUCCESS;
        var text =
                switch (status) {
                    case CREATED -> "等待支付";
                    case PROCESSING -> "处理中";
                    case SUCCESS -> "成功";
                    case FAILED -> "失败";
                    case CLOSED -> "关闭";
                };
        line(
                lines,
                quoted(tradeNum),
                quoted(orderId),
                amount.toPlainString(),
                "银行卡支付",
                "消费",
                text,
                "0.00",
                "",
                TIME.format(createdAt),
                endedAt == null ? "" : TIME.format(endedAt),
                "",
                paid
                        ? amount.multiply(FEE).setScale(2, RoundingMode.HALF_UP).toPlainString()
                        : "0.00",
                "FerryPay test merchant",
                "",
                "",
                "",
                paid ? "农业银行" : "",
                "-1");
    }

    private static void refund(
            StringBuilder lines, JdpayOrder order, JdpayRefund refund, long fen) {
        var amount = BigDecimal.valueOf(fen, 2);
        var endedAt = refund.endedAt();
        var text =
                switch (refund.state()) {
                    case PROCESSING -> "处理中";
                    case SUCCESS -> "成功";
                    case FAILED -> "失败";
                };
        line(
                lines,
                quoted(order.tradeNum()),
                quoted(order.orderId()),
                amount.negate().toPlainString(),
                "银行卡支付",
                "退款",
                text,
                amount.toPlainString(),
                "",
                TIME.format(refund.createdAt()),
                endedAt == null ? "" : TIME.format(endedAt),
                quoted(refund.tradeNum()),
                "0.00",
                "FerryPay test merchant",
                "",
                "",
                "",
                "农业银行",
                "-1");
    }

    /** Keeps a spreadsheet from making a number of it. */
    private static String quoted(String value) {
        return "=\"" + value + "\"";
    }

    private static void line(StringBuilder lines, String... cells) {
        lines.append(String.join(",", cells)).append("\r\n");
    }
}
