package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class WechatContractTest extends ChannelContract {

    WechatContractTest() {
        super(new Wechat(new RunningPlatform()));
    }
}
