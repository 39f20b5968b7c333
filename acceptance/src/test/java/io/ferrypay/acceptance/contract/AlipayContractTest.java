package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class AlipayContractTest extends ChannelContract {

    AlipayContractTest() {
        super(new Alipay(new RunningPlatform()));
    }
}
