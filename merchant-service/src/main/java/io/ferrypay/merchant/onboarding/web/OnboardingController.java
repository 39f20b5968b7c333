package io.ferrypay.merchant.onboarding.web;

import io.ferrypay.merchant.onboarding.BankAccountData;
import io.ferrypay.merchant.onboarding.BusinessData;
import io.ferrypay.merchant.onboarding.Dossier;
import io.ferrypay.merchant.onboarding.FillIn;
import io.ferrypay.merchant.onboarding.Item;
import io.ferrypay.merchant.onboarding.MethodsData;
import io.ferrypay.merchant.onboarding.PeopleData;
import io.ferrypay.merchant.onboarding.Section;
import io.ferrypay.merchant.onboarding.SectionData;
import io.ferrypay.merchant.onboarding.SitesData;
import io.ferrypay.merchant.onboarding.Submit;
import io.ferrypay.merchant.onboarding.web.DocumentAnswers.DocumentView;
import io.ferrypay.merchant.onboarding.web.OnboardingViews.OnboardingView;
import io.ferrypay.merchant.portal.Permission;
import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.Requires;
import io.ferrypay.merchant.signin.StepUp;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.FieldProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A merchant's own onboarding. */
@RestController
@Tag(name = "Onboarding")
class OnboardingController {

    private static final String ROOT = "/portal/api/onboarding";
    private static final String DOCUMENT = ROOT + "/documents/{document_id}";
    private static final String SAVES =
            "Replaces the section; what is only missing may be missing. `section_changed` when somebody"
                    + " else was faster; `onboarding_not_editable`.";

    private final FillIn fillIn;
    private final Submit submit;
    private final StepUp stepUp;

    OnboardingController(FillIn fillIn, Submit submit, StepUp stepUp) {
        this.fillIn = fillIn;
        this.submit = submit;
        this.stepUp = stepUp;
    }

    /**
     * @param version the section's as it was read; 0 for one that was never saved
     */
    record BusinessWish(@NotNull @PositiveOrZero Long version, @NotNull @Valid BusinessData data) {}

    record PeopleWish(@NotNull @PositiveOrZero Long version, @NotNull @Valid PeopleData data) {}

    record BankAccountWish(
            @NotNull @PositiveOrZero Long version, @NotNull @Valid BankAccountData data) {}

    record MethodsWish(@NotNull @PositiveOrZero Long version, @NotNull @Valid MethodsData data) {}

    record SitesWish(@NotNull @PositiveOrZero Long version, @NotNull @Valid SitesData data) {}

    record Agreement(
            @NotNull
                    @PositiveOrZero
                    @Schema(description = "Of the onboarding, as the person saw it.")
                    Long version,
            @NotNull
                    @AssertTrue(message = "has to be true")
                    @Schema(description = "That all of it is true and complete.")
                    Boolean agrees) {}

    /**
     * @param data what was said; with every field null when the section was never saved
     */
    @Schema(name = "OnboardingSection")
    record SectionView(
            String section,
            long version,
            @Schema(
                            oneOf = {
                                BusinessData.class,
                                PeopleData.class,
                                BankAccountData.class,
                                MethodsData.class,
                                SitesData.class
                            })
                    SectionData data,
            List<FieldProblem> missing,
            @Nullable Instant updatedAt,
            long onboardingVersion) {

        static SectionView of(Section section, long onboardingVersion) {
            return new SectionView(
                    section.item().text(),
                    section.version(),
                    section.data(),
                    section.data().missing(),
                    section.version() == 0 ? null : section.updatedAt(),
                    onboardingVersion);
        }
    }

    @Schema(name = "OnboardingSections")
    record SectionsView(
            String object,
            SectionView business,
            SectionView people,
            SectionView bankAccount,
            SectionView methods,
            SectionView sites) {

        static SectionsView of(Dossier dossier) {
            return new SectionsView(
                    "onboarding_sections",
                    view(dossier, Item.BUSINESS),
                    view(dossier, Item.PEOPLE),
                    view(dossier, Item.BANK_ACCOUNT),
                    view(dossier, Item.METHODS),
                    view(dossier, Item.SITES));
        }

        private static SectionView view(Dossier dossier, Item item) {
            return SectionView.of(dossier.section(item), dossier.onboarding().version());
        }
    }

    @Schema(name = "OnboardingDocuments")
    record DocumentList(String object, List<DocumentView> data) {}

    @Requires(Permission.ONBOARDING_READ)
    @GetMapping(ROOT)
    @Operation(
            operationId = "getOnboarding",
            summary = "How far the onboarding is",
            description =
                    "Each section and kind of document with its status. Reasons only for those who may"
                            + " write. 404 `no_onboarding` for a merchant that was never a draft.")
    OnboardingView get(PortalCaller caller) {
        return view(caller, fillIn.dossier(caller.merchantId()));
    }

    private static OnboardingView view(PortalCaller caller, Dossier dossier) {
        return OnboardingView.of(dossier, caller.role().may(Permission.ONBOARDING_WRITE));
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @GetMapping(ROOT + "/sections")
    @Operation(
            operationId = "getOnboardingSections",
            summary = "What was said so far",
            description = "All sections with their data and versions, to go on with.")
    SectionsView sections(PortalCaller caller) {
        return SectionsView.of(fillIn.dossier(caller.merchantId()));
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PutMapping(ROOT + "/business")
    @Operation(
            operationId = "saveOnboardingBusiness",
            summary = "Save who the merchant is",
            description = SAVES)
    SectionView business(PortalCaller caller, @Valid @RequestBody BusinessWish wish) {
        return save(caller, wish.data(), wish.version());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PutMapping(ROOT + "/people")
    @Operation(
            operationId = "saveOnboardingPeople",
            summary = "Save directors and owners",
            description = SAVES)
    SectionView people(PortalCaller caller, @Valid @RequestBody PeopleWish wish) {
        return save(caller, wish.data(), wish.version());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PutMapping(ROOT + "/bank_account")
    @Operation(
            operationId = "saveOnboardingBankAccount",
            summary = "Save the bank account",
            description = SAVES)
    SectionView bankAccount(PortalCaller caller, @Valid @RequestBody BankAccountWish wish) {
        return save(caller, wish.data(), wish.version());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PutMapping(ROOT + "/methods")
    @Operation(
            operationId = "saveOnboardingMethods",
            summary = "Save the wanted methods",
            description = SAVES)
    SectionView methods(PortalCaller caller, @Valid @RequestBody MethodsWish wish) {
        return save(caller, wish.data(), wish.version());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PutMapping(ROOT + "/sites")
    @Operation(
            operationId = "saveOnboardingSites",
            summary = "Save shops and websites",
            description = SAVES)
    SectionView sites(PortalCaller caller, @Valid @RequestBody SitesWish wish) {
        return save(caller, wish.data(), wish.version());
    }

    private SectionView save(PortalCaller caller, SectionData data, long version) {
        var saved = fillIn.save(caller.merchantId(), data, version);
        return SectionView.of(saved.section(), saved.onboardingVersion());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @GetMapping(ROOT + "/documents")
    @Operation(
            operationId = "listOnboardingDocuments",
            summary = "The uploaded files",
            description = "Without their content, in the order they came.")
    DocumentList documents(PortalCaller caller) {
        return new DocumentList(
                "list",
                fillIn.documents(caller.merchantId()).stream().map(DocumentView::of).toList());
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PostMapping(
            path = ROOT + "/documents",
            // Its body would be taken apart for parameters before anybody reads it.
            consumes = "!" + MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Operation(
            operationId = "uploadOnboardingDocument",
            summary = "Upload a file",
            description =
                    "The body is the file: PDF, JPEG or PNG by content, up to 10 MB. 200 instead of 201"
                            + " when this very file is there. `payload_too_large`, `document_empty`,"
                            + " `document_type_not_allowed`, `document_damaged`,"
                            + " `document_is_two_files`, `document_too_many_pixels`,"
                            + " `document_infected`, `document_exists`, `too_many_documents`,"
                            + " `virus_scan_unavailable`, `onboarding_not_editable`.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<DocumentView> upload(
            PortalCaller caller,
            @RequestParam String kind,
            @RequestParam(required = false) @Nullable String name,
            HttpServletRequest request) {
        var item =
                Item.find(kind)
                        .filter(one -> !one.isSection())
                        .orElseThrow(() ->
                                ApiException.invalid(
                                        "kind", "not_allowed", "is not a kind of document"));
        var kept =
                fillIn.upload(
                        caller.merchantId(),
                        caller.userId(),
                        item,
                        name == null ? "" : name,
                        () -> UploadedFile.read(request));
        return ResponseEntity.status(kept.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(DocumentView.of(kept.document()));
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @GetMapping(DOCUMENT + "/content")
    @Operation(
            operationId = "downloadOnboardingDocument",
            summary = "Download a file",
            description = "Always as an attachment, and of the type that was found in it.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content =
                                    @Content(
                                            mediaType = "*/*",
                                            schema = @Schema(type = "string", format = "byte"))))
    void content(
            PortalCaller caller,
            @PathVariable("document_id") String documentId,
            HttpServletResponse response)
            throws IOException {
        fillIn.handOut(caller.merchantId(), documentId, DocumentAnswers.to(response));
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @DeleteMapping(DOCUMENT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeOnboardingDocument",
            summary = "Take a file out",
            description = "`onboarding_not_editable`.")
    void remove(PortalCaller caller, @PathVariable("document_id") String documentId) {
        fillIn.remove(caller.merchantId(), documentId);
    }

    @Requires(Permission.ONBOARDING_WRITE)
    @PostMapping(ROOT + ":submit")
    @Operation(
            operationId = "submitOnboarding",
            summary = "Hand the onboarding in",
            description =
                    "`step_up_required`; `onboarding_changed` when it is not what the person saw;"
                            + " `onboarding_incomplete` with what is missing;"
                            + " `onboarding_not_editable`.")
    OnboardingView submit(PortalCaller caller, @Valid @RequestBody Agreement agreement) {
        stepUp.require(caller);
        return view(
                caller, submit.submit(caller.merchantId(), caller.userId(), agreement.version()));
    }
}
