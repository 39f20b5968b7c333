package io.ferrypay.tradeadmin.difference;

import io.ferrypay.tradeadmin.ledger.BooksRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What must hold between differences and the books. */
@Configuration(proxyBeanMethods = false)
class DifferenceChecks {

    @Bean
    BooksRule differencesStandInTheirAccounts() {
        return new BooksRule(
                "what_is_unexplained_or_claimed_is_what_differs",
                "select count(*) from difference_case where counterpart is not null",
                """
                select coalesce(d.book, a.book) || ' ' || coalesce(d.type, a.type) || ' '
                       || coalesce(d.currency, a.currency) || ': differs ' || coalesce(d.minor, 0)
                       || ', booked ' || coalesce(a.minor, 0)
                  from (select c.book, c.counterpart as type, s.currency, sum(s.minor) as minor
                          from difference_case c join difference_stake s on s.number = c.number
                         where c.counterpart in ('suspense', 'channel-claim', 'difference-result')
                         group by c.book, c.counterpart, s.currency) d
                  full join (select a.book, a.type, a.currency, -sum(e.amount_minor) as minor
                               from journal j
                               join entry e on e.book = j.book and e.sequence = j.sequence
                               join account a on a.id = e.account_id
                              where j.kind in ('difference', 'difference_decided', 'difference_ended')
                                and a.type in ('suspense', 'channel-claim', 'difference-result')
                              group by a.book, a.type, a.currency) a
                       on a.book = d.book and a.type = d.type and a.currency = d.currency
                 where coalesce(d.minor, 0) <> coalesce(a.minor, 0)
                """);
    }
}
