package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Enums are stored by their wire names, so a query in psql reads as the API does. */
final class StatusColumns {

    private StatusColumns() {}

    @Converter(autoApply = true)
    static class OfPayment
            implements AttributeConverter<@Nullable PaymentStatus, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable PaymentStatus status) {
            return status == null ? null : status.wireName();
        }

        @Override
        public @Nullable PaymentStatus convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : PaymentStatus.ofWireName(name);
        }
    }

    @Converter(autoApply = true)
    static class OfAttempt
            implements AttributeConverter<@Nullable AttemptStatus, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable AttemptStatus status) {
            return status == null ? null : status.wireName();
        }

        @Override
        public @Nullable AttemptStatus convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : AttemptStatus.ofWireName(name);
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
            return name == null ? null : known(ChannelCode.ofWireName(name), name);
        }
    }

    @Converter(autoApply = true)
    static class OfMethod implements AttributeConverter<@Nullable PaymentMethod, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable PaymentMethod method) {
            return method == null ? null : method.wireName();
        }

        @Override
        public @Nullable PaymentMethod convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : known(PaymentMethod.ofWireName(name), name);
        }
    }

    @Converter(autoApply = true)
    static class OfFlow implements AttributeConverter<@Nullable Flow, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Flow flow) {
            return flow == null ? null : flow.wireName();
        }

        @Override
        public @Nullable Flow convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : known(Flow.ofWireName(name), name);
        }
    }

    private static <T> T known(Optional<T> value, String name) {
        return value.orElseThrow(() -> new IllegalStateException("nothing is called " + name));
    }
}
