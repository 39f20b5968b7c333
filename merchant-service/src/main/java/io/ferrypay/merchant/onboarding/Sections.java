package io.ferrypay.merchant.onboarding;

import io.ferrypay.signin.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What was said in each section, sealed. */
@Repository
class Sections {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final JsonMapper json;

    Sections(JdbcClient jdbc, Vault vault, JsonMapper json) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
    }

    Map<Item, Section> of(String onboardingId) {
        var all = new EnumMap<Item, Section>(Item.class);
        jdbc.sql("select * from onboarding_section where onboarding_id = ?")
                .param(onboardingId)
                .query((row, _) -> section(onboardingId, row))
                .list()
                .forEach(section -> all.put(section.item(), section));
        return all;
    }

    /** In which nothing was said. */
    SectionData blank(Item item) {
        return json.readValue("{}", item.sectionClass());
    }

    /** Under the onboarding's lock. */
    void put(String onboardingId, SectionData data, long version, Instant now) {
        var item = Item.of(data);
        jdbc.sql(
                        """
                        insert into onboarding_section (onboarding_id, section, sealed, version, updated_at)
                        values (?, ?, ?, ?, ?) on conflict (onboarding_id, section) do update
                        set sealed = excluded.sealed, version = excluded.version, updated_at = excluded.updated_at
                        """)
                .params(
                        onboardingId,
                        item.text(),
                        vault.seal(purpose(onboardingId, item), json.writeValueAsString(data)),
                        version,
                        now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private Section section(String onboardingId, ResultSet row) throws SQLException {
        var item = Item.find(row.getString("section")).orElseThrow();
        return new Section(
                item,
                json.readValue(
                        vault.open(purpose(onboardingId, item), row.getString("sealed")),
                        item.sectionClass()),
                row.getLong("version"),
                row.getTimestamp("updated_at").toInstant());
    }

    private static String purpose(String onboardingId, Item item) {
        return "onboarding:" + onboardingId + ":" + item.text();
    }
}
