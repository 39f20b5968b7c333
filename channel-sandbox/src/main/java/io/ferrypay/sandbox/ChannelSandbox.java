package io.ferrypay.sandbox;

import io.ferrypay.sandbox.alipay.GenerateAlipayKeys;
import io.ferrypay.sandbox.jdpay.GenerateJdpayKeys;
import io.ferrypay.sandbox.payease.GeneratePayeaseKeys;
import io.ferrypay.sandbox.wechat.GenerateWechatKeys;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Plays the acquirers on their real wire protocols, for development and tests. It holds no real
 * keys and moves no money.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChannelSandbox {

    private static final String GENERATE_WECHAT_KEYS = "--generate-wechat-keys=";
    private static final String GENERATE_ALIPAY_KEYS = "--generate-alipay-keys=";
    private static final String GENERATE_JDPAY_KEYS = "--generate-jdpay-keys=";
    private static final String GENERATE_PAYEASE_KEYS = "--generate-payease-keys=";

    /**
     * Starts the sandbox; {@code --generate-<company>-keys=<folder>} instead fills that folder with
     * the keys of both sides and ends.
     */
    public static void main(String[] arguments) throws Exception {
        for (var argument : arguments) {
            if (argument.startsWith(GENERATE_WECHAT_KEYS)) {
                GenerateWechatKeys.main(argument.substring(GENERATE_WECHAT_KEYS.length()));
                return;
            }
            if (argument.startsWith(GENERATE_JDPAY_KEYS)) {
                GenerateJdpayKeys.main(argument.substring(GENERATE_JDPAY_KEYS.length()));
                return;
            }
            if (argument.startsWith(GENERATE_PAYEASE_KEYS)) {
                GeneratePayeaseKeys.main(argument.substring(GENERATE_PAYEASE_KEYS.length()));
                return;
            }
            if (argument.startsWith(GENERATE_ALIPAY_KEYS)) {
                GenerateAlipayKeys.generate(
                        Path.of(argument.substring(GENERATE_ALIPAY_KEYS.length())));
                return;
            }
        }
        SpringApplication.run(ChannelSandbox.class, arguments);
    }
}
