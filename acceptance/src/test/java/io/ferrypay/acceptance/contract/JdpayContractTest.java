package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class JdpayContractTest extends ChannelContract {

    JdpayContractTest() {
        super(new Jdpay(new RunningPlatform()));
    }
}
