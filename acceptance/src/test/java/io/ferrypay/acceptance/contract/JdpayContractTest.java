package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class JdpayContractTest extends ChannelContract {

    @Override
    Company company(RunningPlatform platform) {
        return new Jdpay(platform);
    }
}
