package io.ferrypay.merchant.merchant;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Enums are stored in lower case, as they stand on the wire. */
final class StatusColumns {

    private StatusColumns() {}

    @Converter
    static final class OfMerchant implements AttributeConverter<MerchantStatus, String> {

        @Override
        public String convertToDatabaseColumn(MerchantStatus status) {
            return status.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public MerchantStatus convertToEntityAttribute(String column) {
            return MerchantStatus.valueOf(column.toUpperCase(Locale.ROOT));
        }
    }

    @Converter
    static final class OfLatePolicy implements AttributeConverter<LatePaymentPolicy, String> {

        @Override
        public String convertToDatabaseColumn(LatePaymentPolicy policy) {
            return policy.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public LatePaymentPolicy convertToEntityAttribute(String column) {
            return LatePaymentPolicy.valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
