package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class JdpayReturnTest {

    @TempDir Path files;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private PretendJdpay jd;
    private MockMvc mvc;

    @BeforeEach
    void open() throws IOException {
        jd = new PretendJdpay(files);
        mvc =
                MockMvcBuilders.standaloneSetup(
                                new JdpayReturnController(
                                        new JdpayAccounts(List.of(jd.open())),
                                        (account, number) -> {
                                            asked.add(account + " " + number);
                                            return number.equals(NUMBER)
                                                    ? Optional.of(
                                                            URI.create(
                                                                    "https://pay.example/pay/nonce"))
                                                    : Optional.empty();
                                        }))
                        .build();
    }

    @AfterEach
    void close() {
        jd.close();
    }

    @Test
    void a_payer_who_comes_back_is_sent_on_to_their_page() throws Exception {
        for (var status : new String[] {"0", "1", "3", ""}) {
            var response = post(encoded(PretendJdpay.sealedForm(plain(NUMBER, status))));

            assertThat(response.getStatus()).isEqualTo(303);
            assertThat(response.getHeader("Location")).isEqualTo("https://pay.example/pay/nonce");
            assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        }
        assertThat(asked).hasSize(4).containsOnly("jdpay-test " + NUMBER);
    }

    @Test
    void an_order_that_is_not_ours_leads_nowhere() throws Exception {
        assertThat(post(encoded(PretendJdpay.sealedForm(plain("OTHER", "0")))).getStatus())
                .isEqualTo(404);
    }

    @Test
    void whoever_cannot_sign_as_jd_learns_nothing() throws Exception {
        var form = new TreeMap<>(PretendJdpay.sealedForm(plain(NUMBER, "0")));
        var otherOrder = new TreeMap<>(form);
        otherOrder.put("tradeNum", PretendJdpay.encrypt("FP01JD000000000000000002"));
        var unsigned = new TreeMap<>(form);
        unsigned.remove("sign");
        var twice = encoded(form) + "&tradeNum=" + form.get("tradeNum");
        var many = new StringBuilder(encoded(form));
        for (int i = 0; i < 60; i++) {
            many.append("&x").append(i).append('=');
        }

        for (var body :
                new String[] {
                    encoded(otherOrder),
                    encoded(unsigned),
                    twice,
                    many.toString(),
                    "",
                    "tradeNum",
                    "tradeNum=%zz",
                    "tradeNum=" + NUMBER,
                    encoded(form) + "&pad=" + "0".repeat(20_000)
                }) {
            var response = post(body);
            assertThat(response.getStatus()).as(body).isEqualTo(400);
            assertThat(response.getHeader("Location")).isNull();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void an_account_nobody_has_leads_nowhere() throws Exception {
        assertThat(
                        post(
                                        "/channels/jdpay/returns/another",
                                        encoded(PretendJdpay.sealedForm(plain(NUMBER, "0"))))
                                .getStatus())
                .isEqualTo(404);
        assertThat(asked).isEmpty();
    }

    private static Map<String, String> plain(String number, String status) {
        return Map.of(
                "tradeNum", number,
                "amount", "55740",
                "currency", "CNY",
                "tradeTime", "20261124121702",
                "note", "",
                "status", status);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private MockHttpServletResponse post(String body) throws Exception {
        return post("/channels/jdpay/returns/jdpay-test", body);
    }

    private MockHttpServletResponse post(String path, String body) throws Exception {
        return mvc.perform(
                        MockMvcRequestBuilders.post(path)
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .content(body))
                .andReturn()
                .getResponse();
    }
}
