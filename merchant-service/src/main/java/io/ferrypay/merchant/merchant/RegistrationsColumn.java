package io.ferrypay.merchant.merchant;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Registrations are stored in JSON, as other services are told them. */
@Converter
final class RegistrationsColumn implements AttributeConverter<Registrations, String> {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    @Override
    public String convertToDatabaseColumn(Registrations registrations) {
        return JSON.writeValueAsString(registrations);
    }

    @Override
    public Registrations convertToEntityAttribute(String column) {
        return JSON.readValue(column, Registrations.class);
    }
}
