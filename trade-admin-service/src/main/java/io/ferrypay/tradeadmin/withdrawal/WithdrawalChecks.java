package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.tradeadmin.ledger.BooksRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What must hold of withdrawals. */
@Configuration(proxyBeanMethods = false)
class WithdrawalChecks {

    @Bean
    BooksRule everyWithdrawalHasTheJournalsOfItsStatus() {
        return new BooksRule(
                "every_withdrawal_has_the_journals_of_its_status",
                "select count(*) from withdrawal",
                """
                select coalesce(w.id, b.subject) || ' ' || coalesce(w.status, 'unknown to us') || ': left '
                       || coalesce(b.left_minor, 0) || ', sent ' || coalesce(b.sent_minor, 0) || ', back '
                       || coalesce(b.back_minor, 0)
                  from withdrawal w
                  full join (select j.book, j.subject,
                                    coalesce(sum(e.amount_minor)
                                        filter (where j.kind = 'withdrawal'), 0) as left_minor,
                                    coalesce(sum(e.amount_minor)
                                        filter (where j.kind = 'withdrawal_paid'), 0) as sent_minor,
                                    coalesce(sum(e.amount_minor)
                                        filter (where j.kind = 'withdrawal_return'), 0) as back_minor
                               from journal j
                               join entry e on e.book = j.book and e.sequence = j.sequence and e.amount_minor > 0
                              where j.kind in ('withdrawal', 'withdrawal_paid', 'withdrawal_return')
                              group by j.book, j.subject) b on b.subject = w.id and b.book = w.book
                 where w.id is null
                    or coalesce(b.left_minor, 0) <> case when w.batch_id is null then 0
                                                         else w.amount_minor end
                    or coalesce(b.sent_minor, 0) <> case when w.status in ('paid', 'returned')
                                                         then w.amount_minor else 0 end
                    or coalesce(b.back_minor, 0) <> case when w.status in ('failed', 'returned')
                                                         then w.amount_minor else 0 end
                """);
    }

    @Bean
    BooksRule whatIsInTransitIsWithTheBank() {
        return new BooksRule(
                "what_is_in_transit_is_with_the_bank",
                "select count(*) from withdrawal where status in ('in_batch', 'unknown')",
                """
                select coalesce(w.book, a.book) || ' ' || coalesce(w.currency, a.currency) || ': withdrawals '
                       || coalesce(w.amount, 0) || ', account ' || coalesce(a.amount, 0)
                  from (select book, currency, sum(amount_minor) as amount from withdrawal
                         where status in ('in_batch', 'unknown') group by book, currency) w
                  full join (select a.book, a.currency, -b.balance_minor as amount
                               from account a join account_balance b on b.account_id = a.id
                              where a.type = 'withdrawal-in-transit') a
                       on a.book = w.book and a.currency = w.currency
                 where coalesce(w.amount, 0) <> coalesce(a.amount, 0)
                """);
    }

    @Bean
    BooksRule everySettlementKeptWhatItsTermsSay() {
        return new BooksRule(
                "every_settlement_kept_what_its_terms_say",
                "select count(*) from reserve",
                """
                select s.id || ': kept ' || coalesce(r.amount_minor, 0) || ' of ' || coalesce(r.wanted_minor, 0)
                       || ', terms say ' || round(s.net_minor * t.rate)
                  from settlement s
                  left join reserve r on r.settlement_id = s.id
                  join lateral (select version, rate from reserve_terms t
                                 where t.merchant_id = s.merchant_id and t.currency = s.currency
                                   -- Terms that were decided while it settled may count or not.
                                   and t.decided_at < s.settled_at - interval '1 minute'
                                 order by version desc limit 1) t on true
                 where s.net_minor > 0
                   and (r.id is null or r.terms_version = t.version)
                   and (round(s.net_minor * t.rate) <> coalesce(r.wanted_minor, 0)
                        or r.book <> s.book or r.merchant_id <> s.merchant_id
                        or r.currency <> s.currency)
                   and not (r.id is null and round(s.net_minor * t.rate) <= 0)
                """);
    }

    @Bean
    BooksRule whatIsSetAsideHasAReason() {
        return new BooksRule(
                "what_is_set_aside_has_a_reason",
                "select count(*) from merchant_balance where reserved_minor > 0",
                """
                select coalesce(m.merchant_id, r.merchant_id) || ': set aside '
                       || coalesce(m.reserved_minor, 0) || ', reasons ' || coalesce(r.amount, 0)
                  from merchant_balance m
                  full join (select book, merchant_id, currency, sum(amount_minor) as amount
                               from (select book, merchant_id, currency, amount_minor from withdrawal
                                      where status in ('pending_approval', 'approved')
                                     union all
                                     select book, merchant_id, currency, amount_minor from balance_hold
                                      where released_at is null
                                     union all
                                     select book, merchant_id, currency, amount_minor from reserve
                                      where released_at is null) reasons
                              group by book, merchant_id, currency) r
                       on r.book = m.book and r.merchant_id = m.merchant_id and r.currency = m.currency
                 where coalesce(m.reserved_minor, 0) <> coalesce(r.amount, 0)
                """);
    }
}
