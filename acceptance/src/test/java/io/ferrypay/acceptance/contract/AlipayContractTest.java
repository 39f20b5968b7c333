package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class AlipayContractTest extends ChannelContract {

    @Override
    Company company(RunningPlatform platform) {
        return new Alipay(platform);
    }
}
