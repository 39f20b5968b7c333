package io.ferrypay.notify;

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
                "FerryPay notifications",
                "Webhooks: where events go, which were told, and how each was delivered. Messages on"
                        + " WeChat to a merchant's own people.",
                records);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}
