package io.ferrypay.tradeadmin.note.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.note.MerchantNotes;
import io.ferrypay.tradeadmin.note.MerchantNotes.Note;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /console/api/merchant-notes}: read with {@code merchants:read}. */
@RestController
@RequestMapping("/console/api/merchant-notes")
class NoteController {

    private static final String MERCHANT = "mer_[0-9A-HJKMNP-TV-Z]{26}";

    private final MerchantNotes notes;

    NoteController(MerchantNotes notes) {
        this.notes = notes;
    }

    record NoteList(List<Note> data, boolean hasMore, @Nullable String nextCursor) {}

    @GetMapping
    NoteList list(
            StaffCaller caller,
            @RequestParam @Pattern(regexp = MERCHANT, message = "is not a merchant")
                    String merchant,
            @RequestParam(required = false)
                    @Pattern(regexp = "note_[0-9A-Z]{26}", message = "is not a cursor of ours")
                    @Nullable String cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        caller.require("merchants:read");
        var found = notes.of(merchant, cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new NoteList(page, more, more ? page.getLast().id() : null);
    }

    record NoteRequest(
            @NotNull @Pattern(regexp = MERCHANT, message = "is not a merchant") String merchant,
            @NotBlank @Size(max = 2000) String text) {

        @Override
        public String toString() {
            return "NoteRequest[…]";
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Note write(StaffCaller caller, @Valid @RequestBody NoteRequest request) {
        return notes.write(caller, request.merchant(), request.text().strip());
    }
}
