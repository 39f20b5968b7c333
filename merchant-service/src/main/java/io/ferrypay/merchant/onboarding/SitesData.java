package io.ferrypay.merchant.onboarding;

import static io.ferrypay.merchant.onboarding.SectionData.stripped;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the merchant sells. */
@Schema(name = "OnboardingSites")
public record SitesData(
        @Size(max = 20) @Nullable List<@NotNull @Valid Shop> stores,
        @Size(max = 10)
                @Nullable
                        List<
                                @NotNull @Size(max = 200)
                                @Pattern(
                                        regexp = "https://[^\\s\\p{Cntrl}]+",
                                        message = "is not an https address")
                                String>
                        websites)
        implements SectionData {

    public SitesData {
        stores = stores == null ? List.of() : java.util.Collections.unmodifiableList(stores);
        websites = websites == null ? List.of() : java.util.Collections.unmodifiableList(websites);
    }

    @Schema(name = "OnboardingShop")
    public record Shop(
            @Size(max = 60) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String name,
            @Size(max = 160) @Pattern(regexp = Forms.LINE, message = Forms.IS_LINE)
                    @Nullable String address) {

        public Shop {
            name = stripped(name);
            address = stripped(address);
        }

        @Override
        public String toString() {
            return "Shop[…]";
        }
    }

    boolean hasShops() {
        return stores != null && !stores.isEmpty();
    }

    private boolean hasWebsites() {
        return websites != null && !websites.isEmpty();
    }

    @Override
    public void check(LocalDate today) {
        var all = websites == null ? List.<String>of() : websites;
        for (var i = 0; i < all.size(); i++) {
            if (!isAddress(all.get(i))) {
                throw ApiException.invalid(
                        "/data/websites/" + i, "wrong_format", "is not an https address");
            }
        }
    }

    private static boolean isAddress(String text) {
        try {
            var host = URI.create(text).getHost();
            return host != null && host.contains(".");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Override
    public List<FieldProblem> missing() {
        var missing =
                new Missing(Item.SITES)
                        .unless(hasShops() || hasWebsites(), "/stores", "or a website is needed");
        if (stores != null) {
            for (var i = 0; i < stores.size(); i++) {
                missing.unless(stores.get(i).name(), "/stores/" + i + "/name")
                        .unless(stores.get(i).address(), "/stores/" + i + "/address");
            }
        }
        return missing.list();
    }

    @Override
    public String toString() {
        return "SitesData[…]";
    }
}
