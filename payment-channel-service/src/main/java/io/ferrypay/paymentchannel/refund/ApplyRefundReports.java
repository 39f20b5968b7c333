package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import org.springframework.stereotype.Service;

/** Believes a channel's report about a refund, or not, and does what follows from it. */
@Service
class ApplyRefundReports implements ApplyRefundReport {

    @Override
    public ApplyChannelReport.Result apply(RefundReport report) {
        return new ApplyChannelReport.Result.UnknownOrder();
    }
}
