package io.ferrypay.acceptance.contract;

import io.ferrypay.acceptance.RunningPlatform;

class WechatContractTest extends ChannelContract {

    @Override
    Company company(RunningPlatform platform) {
        return new Wechat(platform);
    }
}
