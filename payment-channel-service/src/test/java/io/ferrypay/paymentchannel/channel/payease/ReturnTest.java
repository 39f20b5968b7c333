package io.ferrypay.paymentchannel.channel.payease;

import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.OID;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ReturnTest {

    private static final String PATH = "/channels/payease/returns/payease_test";

    @TempDir static Path files;
    private static PretendPayease payease;
    private final List<String> asked = new ArrayList<>();
    private MockMvc mvc;

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
    }

    @AfterAll
    static void close() {
        payease.close();
    }

    @BeforeEach
    void start() {
        mvc = endpoint(payease.account());
    }

    private MockMvc endpoint(PayeaseProperties.Account account) {
        return MockMvcBuilders.standaloneSetup(
                        new PayeaseReturnController(
                                new PayeaseAccounts(List.of(payease.open(account))),
                                (accountId, number) -> {
                                    asked.add(accountId + " " + number);
                                    return number.endsWith("AB")
                                            ? Optional.of(URI.create("https://pay.example/pay/n"))
                                            : Optional.empty();
                                }))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "20", "30"})
    void whatever_it_says_the_payer_goes_to_the_page(String status) throws Exception {
        var answer = get(fields(status, StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getHeader("Location")).isEqualTo("https://pay.example/pay/n");
        assertThat(asked).containsExactly("payease_test FP01JD0000000000000000AB");
    }

    @Test
    void it_may_come_by_post() throws Exception {
        var answer =
                answer(
                        MockMvcRequestBuilders.post(PATH)
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .content(
                                        query(
                                                fields("20", StandardCharsets.UTF_8),
                                                StandardCharsets.UTF_8)));

        assertThat(answer.getStatus()).isEqualTo(303);
    }

    @Test
    void a_gbk_page_comes_back_in_gbk() throws Exception {
        mvc = endpoint(payease.account(PayeaseProperties.Page.GBK, true, true));

        var answer = get(fields("20", PretendPayease.GBK), PretendPayease.GBK);

        assertThat(answer.getStatus()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "v_sign, 5a",
        "v_sign, ''",
        "v_md5money, 00000000000000000000000000000000",
        "v_md5money, ''",
        "v_md5info, 00000000000000000000000000000000",
        "v_md5info, ''",
        "v_amount, 0.01",
        "v_amount, ''",
        "v_pstatus, 1",
        "v_pstring, 别的话",
        "v_oid, 20261125-888-FP01JD0000000000000000AC",
        "v_oid, ''",
        "v_moneytype, 1"
    })
    void what_payease_did_not_sign_leads_nowhere(String field, String value) throws Exception {
        var fields = fields("20", StandardCharsets.UTF_8);
        fields.put(field, value);

        var answer = get(fields, StandardCharsets.UTF_8);

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getHeader("Location")).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_field_twice_or_no_form_at_all_leads_nowhere() throws Exception {
        var twice =
                query(fields("20", StandardCharsets.UTF_8), StandardCharsets.UTF_8) + "&v_oid=x";

        assertThat(get(twice).getStatus()).isEqualTo(400);
        assertThat(answer(MockMvcRequestBuilders.get(PATH)).getStatus()).isEqualTo(400);
        assertThat(asked).isEmpty();
    }

    @Test
    void an_order_or_account_we_do_not_have_is_not_found() throws Exception {
        var other = fields(OID.replace("AB", "AC"), "20", StandardCharsets.UTF_8);

        assertThat(get(other, StandardCharsets.UTF_8).getStatus()).isEqualTo(404);
        assertThat(
                        answer(MockMvcRequestBuilders.get("/channels/payease/returns/nobody"))
                                .getStatus())
                .isEqualTo(404);
    }

    private MockHttpServletResponse get(Map<String, String> fields, Charset charset)
            throws Exception {
        return get(query(fields, charset));
    }

    private MockHttpServletResponse get(String query) throws Exception {
        return answer(
                MockMvcRequestBuilders.get(PATH)
                        .with(request -> {
                            request.setQueryString(query);
                            return request;
                        }));
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    private static Map<String, String> fields(String status, Charset charset) {
        return fields(OID, status, charset);
    }

    private static Map<String, String> fields(String oid, String status, Charset charset) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("v_oid", oid);
        fields.put("v_pmode", "工商银行");
        fields.put("v_pstatus", status);
        fields.put("v_pstring", "支付完成");
        fields.put("v_amount", "557.40");
        fields.put("v_moneytype", "0");
        fields.put("v_md5info", PretendPayease.mac((oid + status + "支付完成工商银行").getBytes(charset)));
        fields.put("v_md5money", PretendPayease.mac("557.400".getBytes(StandardCharsets.US_ASCII)));
        fields.put("v_sign", PretendPayease.sign(oid, status, "557.40", "0"));
        return fields;
    }

    private static String query(Map<String, String> fields, Charset charset) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), charset))
                .collect(Collectors.joining("&"));
    }
}
