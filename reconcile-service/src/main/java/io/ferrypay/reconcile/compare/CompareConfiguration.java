package io.ferrypay.reconcile.compare;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CompareSettings.class, SparkSettings.class})
class CompareConfiguration {}
