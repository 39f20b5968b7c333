package io.ferrypay.tradeadmin;

import io.ferrypay.description.MerchantApi;
import io.ferrypay.description.RecordSchemas;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v2/openapi.json} says before it comes to the endpoints. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    @Bean
    OpenApiCustomizer merchantApi(RecordSchemas records) {
        return MerchantApi.describe(
                "FerryPay balances",
                "What a merchant has and how it came to it, what became available together, and how"
                        + " it is paid out to a bank account.",
                records);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
