package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class PayeaseContractTest extends ChannelContract {

    @Override
    Company company(RunningPlatform platform) {
        return new Payease(platform);
    }
}
