package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class PayeaseContractTest extends ChannelContract {

    PayeaseContractTest() {
        super(new Payease(new RunningPlatform()));
    }
}
