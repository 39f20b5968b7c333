package io.ferrypay.paymentchannel.checkout;

import static io.ferrypay.paymentchannel.channel.Flow.BANK;
import static io.ferrypay.paymentchannel.channel.Flow.DESKTOP;
import static io.ferrypay.paymentchannel.channel.Flow.IN_WALLET;
import static io.ferrypay.paymentchannel.channel.Flow.MOBILE;
import static io.ferrypay.paymentchannel.channel.Flow.QR;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTest {

    private static final Devices DEVICES =
            new Devices(
                    List.of("MicroMessenger"),
                    List.of("AlipayClient", "AliApp(AP/"),
                    List.of("jdapp"),
                    List.of("Android", "iPhone", "Mobile"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0                            | COMPUTER
                    Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari | PHONE
                    Mozilla/5.0 (Linux; Android 16) Mobile MicroMessenger/8.0.60                      | INSIDE_WECHAT
                    Mozilla/5.0 (iPhone) AliApp(AP/10.2.15.6000) AlipayClient/10.2.15                 | INSIDE_ALIPAY
                    jdapp;iPhone;13.0                                                                 | INSIDE_JD
                    MICROMESSENGER AlipayClient                                                       | INSIDE_WECHAT
                    ''                                                                                | COMPUTER
                    """)
    void a_browser_is_told_by_what_it_calls_itself(String userAgent, Device device) {
        assertThat(DEVICES.of(userAgent)).isEqualTo(device);
    }

    @Test
    void nobody_is_made_to_search_a_megabyte() {
        assertThat(DEVICES.of("MicroMessenger" + "x".repeat(1_024))).isEqualTo(Device.COMPUTER);
        assertThat(DEVICES.of(null)).isEqualTo(Device.COMPUTER);
    }

    @Test
    void every_device_is_offered_what_works_there_and_nothing_else() {
        var all = EnumSet.allOf(Flow.class);

        assertThat(Device.COMPUTER.flows(PaymentMethod.ALIPAY, all)).containsExactly(QR, DESKTOP);
        assertThat(Device.PHONE.flows(PaymentMethod.WECHAT, all)).containsExactly(MOBILE, QR);
        assertThat(Device.PHONE.flows(PaymentMethod.WECHAT, EnumSet.of(QR))).containsExactly(QR);
        assertThat(Device.INSIDE_WECHAT.flows(PaymentMethod.WECHAT, all)).startsWith(IN_WALLET);
        assertThat(Device.INSIDE_WECHAT.flows(PaymentMethod.ALIPAY, all)).isEmpty();
        assertThat(Device.INSIDE_ALIPAY.flows(PaymentMethod.ALIPAY, all)).startsWith(IN_WALLET);
        assertThat(Device.COMPUTER.flows(PaymentMethod.ONLINEBANK, all)).containsExactly(BANK);
        assertThat(Device.INSIDE_WECHAT.flows(PaymentMethod.ONLINEBANK, all)).isEmpty();
    }
}
