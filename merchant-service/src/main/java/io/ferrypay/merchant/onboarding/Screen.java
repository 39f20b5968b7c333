package io.ferrypay.merchant.onboarding;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.signin.Vault;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the list of sanctions, and keeps what it said. */
@Component
class Screen {

    private static final Logger log = LoggerFactory.getLogger(Screen.class);

    private final ScreeningList list;
    private final Onboardings onboardings;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonMapper json;

    Screen(
            ScreeningList list,
            Onboardings onboardings,
            JdbcClient jdbc,
            Vault vault,
            JsonMapper json) {
        this.list = list;
        this.onboardings = onboardings;
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
    }

    /** Everybody who is named in it. Stores nothing. */
    Screening ask(Dossier dossier) {
        var now = onboardings.now();
        return switch (list.ask(Subject.of(dossier))) {
            case ScreeningList.Answer.Answered answer ->
                    new Screening(
                            answer.hits().isEmpty()
                                    ? Screening.Outcome.CLEAR
                                    : Screening.Outcome.HITS,
                            answer.listSha256(),
                            answer.hits(),
                            now);
            case ScreeningList.Answer.NotConfigured _ ->
                    new Screening(Screening.Outcome.NOT_CONFIGURED, null, List.of(), now);
            case ScreeningList.Answer.Failed failure -> {
                log.error("{} could not be screened: {}", dossier.onboarding().id(), failure.why());
                yield new Screening(Screening.Outcome.FAILED, null, List.of(), now);
            }
        };
    }

    void keep(String onboardingId, Screening screening) {
        var id = "scr_" + UlidCreator.getMonotonicUlid();
        jdbc.sql(
                        """
                        insert into onboarding_screening (id, onboarding_id, outcome, list_sha256, hits, sealed, at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(onboardingId)
                .param(screening.outcome().text())
                .param(screening.listSha256())
                .param(screening.hits().size())
                .param(vault.seal(purpose(id), json.writeValueAsString(screening.hits())))
                .param(screening.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Screening> last(String onboardingId) {
        return jdbc.sql(
                        "select * from onboarding_screening where onboarding_id = ? order by id desc limit 1")
                .param(onboardingId)
                .query((row, _) ->
                        new Screening(
                                Screening.Outcome.valueOf(
                                        row.getString("outcome")
                                                .toUpperCase(java.util.Locale.ROOT)),
                                row.getString("list_sha256"),
                                json.readValue(
                                        vault.open(
                                                purpose(row.getString("id")),
                                                row.getString("sealed")),
                                        new TypeReference<List<Hit>>() {}),
                                row.getTimestamp("at").toInstant()))
                .optional();
    }

    private static String purpose(String id) {
        return "onboarding-screening:" + id;
    }
}
