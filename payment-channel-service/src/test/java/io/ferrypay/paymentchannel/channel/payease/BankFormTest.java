package io.ferrypay.paymentchannel.channel.payease;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BankFormTest {

    private static final Payer.Identity IDENTITY = new Payer.Identity("王小明", "11010519491231002X");
    private static final Instant EXPIRES = Instant.parse("2026-11-24T17:00:00Z");

    @TempDir static Path files;
    private static PretendPayease payease;

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
    }

    @AfterAll
    static void close() {
        payease.close();
    }

    @Test
    void the_form_is_what_payease_documents() {
        var ready = (OfferAnswer.Ready) offer(payer("ICBC", IDENTITY), PretendPayease.ORDER);
        var form = (Offer.SubmitForm) ready.offer();

        assertThat(form.action()).endsWith("/customer/gb/pay_bank_utf8.jsp");
        assertThat(form.charset()).isEqualTo("UTF-8");
        assertThat(ready.expiresAt()).isEqualTo(EXPIRES);
        assertThat(form.fields())
                .containsAllEntriesOf(
                        Map.of(
                                "v_mid", "888",
                                "v_oid", PretendPayease.OID,
                                "v_ymd", "20261125",
                                "v_amount", "557.40",
                                "v_moneytype", "0",
                                "v_pmode", "9",
                                "v_orderstatus", "1",
                                "v_url",
                                        "https://pay.example/channels/payease/returns/payease_test"))
                .containsAllEntriesOf(
                        Map.of(
                                "v_idtype", "01",
                                "v_idcountry", "156",
                                "v_idname", "王小明",
                                "v_idnumber", "11010519491231002X",
                                "v_rcvname", "888",
                                "v_ordername", "888"));
        assertThat(form.fields().get("v_md5info"))
                .isEqualTo(
                        PretendPayease.mac(
                                ("0"
                                                + "20261125"
                                                + "557.40"
                                                + "888"
                                                + PretendPayease.OID
                                                + "888https://pay.example/channels/payease/returns/payease_test")
                                        .getBytes(StandardCharsets.US_ASCII)));
        assertThat(payease.asked).as("the browser places the order, not we").isEmpty();
    }

    @Test
    void asking_again_gives_the_same_form() {
        var first = offer(payer("ICBC", IDENTITY), PretendPayease.ORDER);

        assertThat(offer(payer("ICBC", IDENTITY), PretendPayease.ORDER)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "CMB,3",
        "CCB,4",
        "ICBC,9",
        "PAB,14",
        "CMBC,28",
        "CIB,33",
        "ABC,43",
        "GDB,44",
        "BOB,50",
        "PSBC,59",
        "HXB,60",
        "BOCOM,67",
        "SPDB,69",
        "CEB,74",
        "BRCB,75",
        "CBHB,83",
        "CITIC,84",
        "BOC,85",
        "BOS,121"
    })
    void each_bank_has_payeases_own_number(String code, String pmode) {
        var ready = (OfferAnswer.Ready) offer(payer(code, IDENTITY), PretendPayease.ORDER);

        assertThat(((Offer.SubmitForm) ready.offer()).fields()).containsEntry("v_pmode", pmode);
    }

    @Test
    void without_a_bank_a_person_or_yuan_there_is_no_form() {
        assertThat(offer(payer(null, IDENTITY), PretendPayease.ORDER))
                .isEqualTo(new OfferAnswer.Refused("UNKNOWN_BANK"));
        assertThat(offer(payer("NBCB", IDENTITY), PretendPayease.ORDER))
                .isEqualTo(new OfferAnswer.Refused("UNKNOWN_BANK"));
        assertThat(offer(payer("ICBC", null), PretendPayease.ORDER))
                .isEqualTo(new OfferAnswer.Refused("IDENTITY_MISSING"));
        var dollars =
                new OrderKey(
                        PretendPayease.ORDER.accountId(),
                        PretendPayease.ORDER.orderNumber(),
                        "HARBOURHONEY",
                        Flow.BANK,
                        new Money(12_000, Currency.of("NZD")),
                        PretendPayease.ORDER.createdAt());
        assertThat(offer(payer("ICBC", IDENTITY), dollars))
                .isEqualTo(new OfferAnswer.Refused("NOT_IN_YUAN"));
    }

    @Test
    void nobody_prints_the_payer() {
        assertThat(offer(payer("ICBC", IDENTITY), PretendPayease.ORDER).toString())
                .doesNotContain("王小明")
                .doesNotContain("11010519491231002X");
    }

    private static OfferAnswer offer(Payer payer, OrderKey key) {
        var account = payease.open(payease.account());
        return new PayeaseChannel(
                        new PayeaseAccounts(List.of(account)),
                        new Refunds(Clock.systemUTC()),
                        new VirtualStatement(new NoOrders(), Clock.systemUTC()),
                        Clock.systemUTC())
                .offer(
                        new ChannelOrder(
                                key,
                                "5499",
                                "Harbour Honey Co",
                                "Honey",
                                EXPIRES,
                                payer,
                                "https://pay.example/pay/nonce"));
    }

    private static Payer payer(@Nullable String bank, Payer.@Nullable Identity identity) {
        return new Payer(null, null, bank, identity);
    }
}
