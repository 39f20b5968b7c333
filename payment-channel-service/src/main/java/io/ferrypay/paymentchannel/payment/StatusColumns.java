package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

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
    static class OfChannel implements AttributeConverter<@Nullable ChannelCode, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable ChannelCode code) {
            return code == null ? null : code.wireName();
        }

        @Override
        public @Nullable ChannelCode convertToEntityAttribute(@Nullable String name) {
            return name == null
                    ? null
                    : ChannelCode.ofWireName(name)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "no channel is called " + name));
        }
    }
}
