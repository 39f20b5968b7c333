// What WeChat's own browser has built in, for browsers that only say they are WeChat.
//
// Load it before the shop's page runs: as a user script, or in a browser test with
//   page.addInitScript({ content: await (await fetch(sandbox + '/wechat/bridge.js')).text() })
// and a user agent that contains "MicroMessenger/". WeixinJSBridge.invoke('getBrandWCPayRequest', …)
// then opens the wallet in a window of its own (allow pop-ups). The wallet checks paySign, and the
// callback hears get_brand_wcpay_request:ok, :cancel (left, or window closed) or :fail.
(function () {
  'use strict';
  if (window.WeixinJSBridge || window.top !== window) {
    return;
  }
  var sandbox = '%SANDBOX%';

  function pay(parameters, callback) {
    var wallet = window.open(
      sandbox + '/wechat/pay-request?' + new URLSearchParams(parameters),
      '_blank',
      'popup,width=430,height=780',
    );
    if (!wallet) {
      callback({ err_msg: 'get_brand_wcpay_request:fail', err_desc: 'the window was blocked' });
      return;
    }
    var watch = setInterval(function () {
      if (wallet.closed) {
        end('cancel');
      }
    }, 250);
    function end(result) {
      clearInterval(watch);
      window.removeEventListener('message', hear);
      callback({ err_msg: 'get_brand_wcpay_request:' + result });
    }
    function hear(event) {
      if (event.origin === sandbox && event.source === wallet && event.data) {
        var result = event.data.ferryTestWallet;
        if (result === 'ok' || result === 'cancel' || result === 'fail') {
          end(result);
        }
      }
    }
    window.addEventListener('message', hear);
  }

  window.WeixinJSBridge = {
    invoke: function (name, parameters, callback) {
      var heard = callback || function () {};
      if (name === 'getBrandWCPayRequest') {
        pay(parameters, heard);
      } else {
        heard({ err_msg: name + ':function_not_exist' });
      }
    },
    call: function () {},
    on: function () {},
  };
  document.dispatchEvent(new Event('WeixinJSBridgeReady'));
})();
