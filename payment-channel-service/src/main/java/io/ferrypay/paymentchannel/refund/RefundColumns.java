package io.ferrypay.paymentchannel.refund;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Enums are stored by their wire names, so a query in psql reads as the API does. */
final class RefundColumns {

    private RefundColumns() {}

    @Converter(autoApply = true)
    static class OfStatus implements AttributeConverter<@Nullable RefundStatus, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable RefundStatus status) {
            return status == null ? null : status.wireName();
        }

        @Override
        public @Nullable RefundStatus convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : RefundStatus.ofWireName(name).orElseThrow();
        }
    }

    @Converter(autoApply = true)
    static class OfKind implements AttributeConverter<@Nullable RefundKind, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable RefundKind kind) {
            return kind == null ? null : kind.wireName();
        }

        @Override
        public @Nullable RefundKind convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : RefundKind.ofWireName(name);
        }
    }

    @Converter(autoApply = true)
    static class OfWaitsFor implements AttributeConverter<@Nullable WaitsFor, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable WaitsFor waitsFor) {
            return waitsFor == null ? null : waitsFor.wireName();
        }

        @Override
        public @Nullable WaitsFor convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : WaitsFor.ofWireName(name);
        }
    }

    @Converter(autoApply = true)
    static class OfSubmission
            implements AttributeConverter<@Nullable Submission, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Submission submission) {
            return submission == null ? null : submission.wireName();
        }

        @Override
        public @Nullable Submission convertToEntityAttribute(@Nullable String name) {
            return name == null ? null : Submission.ofWireName(name);
        }
    }
}
