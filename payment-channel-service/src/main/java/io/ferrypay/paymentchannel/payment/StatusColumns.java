package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Enums are stored by their wire names, so a query in psql reads as the API does. */
final class StatusColumns {

    private StatusColumns() {}

    @Converter(autoApply = true)
    static class OfPayment implements AttributeConverter<PaymentStatus, String> {
        @Override
        public String convertToDatabaseColumn(PaymentStatus status) {
            return status.wireName();
        }

        @Override
        public PaymentStatus convertToEntityAttribute(String name) {
            return PaymentStatus.ofWireName(name);
        }
    }

    @Converter(autoApply = true)
    static class OfAttempt implements AttributeConverter<AttemptStatus, String> {
        @Override
        public String convertToDatabaseColumn(AttemptStatus status) {
            return status.wireName();
        }

        @Override
        public AttemptStatus convertToEntityAttribute(String name) {
            return AttemptStatus.ofWireName(name);
        }
    }

    @Converter(autoApply = true)
    static class OfChannel implements AttributeConverter<ChannelCode, String> {
        @Override
        public String convertToDatabaseColumn(ChannelCode code) {
            return code.wireName();
        }

        @Override
        public ChannelCode convertToEntityAttribute(String name) {
            return ChannelCode.ofWireName(name)
                    .orElseThrow(() -> new IllegalStateException("no channel is called " + name));
        }
    }
}
