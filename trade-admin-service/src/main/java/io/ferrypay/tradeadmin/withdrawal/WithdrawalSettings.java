package io.ferrypay.tradeadmin.withdrawal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be withdrawn, and when it goes. Amounts are major units, the same number in every
 * currency.
 *
 * @param least the least at a time
 * @param mostADay of a merchant in a currency, from midnight to midnight in {@code zone}
 * @param approvalAbove what makes a merchant's day more than that needs another person
 * @param coolingOff from adding a bank account until money may go there
 * @param schedulesAt from when on schedules are run on a working day
 * @param cutOff what is approved by then goes on that working day
 * @param zone whose day it is
 * @param debtor how we are called at our bank
 * @param debtorAccount our account there
 * @param debtorBic our bank
 */
@ConfigurationProperties("ferry.withdrawals")
record WithdrawalSettings(
        @DefaultValue("1") BigDecimal least,
        @DefaultValue("100000") BigDecimal mostADay,
        @DefaultValue("10000") BigDecimal approvalAbove,
        @DefaultValue("24h") Duration coolingOff,
        @DefaultValue("09:00") LocalTime schedulesAt,
        @DefaultValue("15:00") LocalTime cutOff,
        @DefaultValue("Pacific/Auckland") ZoneId zone,
        @DefaultValue("FerryPay") String debtor,
        @DefaultValue("00-0000-0000000-00") String debtorAccount,
        @DefaultValue("FERRNZ2X") String debtorBic) {}
