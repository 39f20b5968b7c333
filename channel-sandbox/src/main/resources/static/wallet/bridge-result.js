// Tells the page that opened the wallet how it went, shows it for a moment and closes the window.
(function () {
  'use strict';
  var result = document.currentScript.dataset.result;
  if (window.opener) {
    window.opener.postMessage({ ferryTestWallet: result }, '*');
    setTimeout(function () {
      window.close();
    }, 1200);
  }
})();
