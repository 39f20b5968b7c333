package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.tradeadmin.ledger.BooksRule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What must hold of fees, computed once more and in another way than when they were booked. */
@Configuration(proxyBeanMethods = false)
class PricingChecks {

    @Bean
    BooksRule everyFeeIsThatOfItsList() {
        return new BooksRule(
                "every_fee_is_that_of_its_list",
                "select count(*) from payment_position where day is not null",
                """
                with listed as (
                    select p.book, p.payment_id, p.fee_minor, p.fee_list, l.scope, l.version, l.refund_fee,
                           -- What is null is no limit; without a rule nothing is due.
                           case when r.rate is null then 0
                                else least(p.amount_minor,
                                           greatest(least(round(p.amount_minor * r.rate + r.fixed_minor),
                                                          r.most_minor), r.least_minor)) end as due,
                           p.fee_returns
                      from payment_position p
                      left join lateral (
                           select * from price_list l
                            where l.kind = 'fee' and l.scope in (p.merchant_id, '')
                              and l.currency = p.currency and l.effective_from <= p.created_at
                            order by l.scope desc, l.version desc limit 1) l on true
                      left join lateral (
                           select * from price_rule r
                            where r.kind = 'fee' and r.scope = l.scope and r.currency = l.currency
                              and r.version = l.version and r.method in (p.method, '')
                              and r.from_minor <= p.amount_minor
                            order by r.method desc, r.from_minor desc limit 1) r on true
                     where p.day is not null)
                select payment_id || ': fee ' || fee_minor || ', by its list ' || due from listed
                 where fee_minor <> due or fee_list is distinct from scope || '/' || version
                    or fee_returns <> coalesce(refund_fee = 'return', false)
                """);
    }
}
