package io.ferrypay.sandbox.alipay;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the keys. Somebody who only wants another company here need not have any. */
@Configuration(proxyBeanMethods = false)
class AlipaySandboxConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AlipaySandboxConfiguration.class);

    @Bean
    AlipayKeys alipayKeys(AlipaySandboxProperties properties)
            throws IOException, GeneralSecurityException {
        var directory = properties.directory();
        if (directory != null && !directory.toString().isBlank()) {
            return AlipayKeys.load(directory);
        }
        log.warn("No folder with Alipay keys is configured: nobody can call the pretended Alipay");
        var own = Files.createTempDirectory("alipay-keys");
        GenerateAlipayKeys.generate(own);
        try {
            return AlipayKeys.load(own);
        } finally {
            for (var file : AlipayKeyFile.values()) {
                Files.deleteIfExists(file.in(own));
            }
            Files.deleteIfExists(own);
        }
    }
}
