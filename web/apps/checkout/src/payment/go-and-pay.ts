import type { View } from './view';

interface WalletBridge {
  invoke(name: string, parameters: Record<string, string>, done: (answer: { err_msg?: string }) => void): void;
}

declare global {
  interface Window {
    WeixinJSBridge?: WalletBridge;
  }
}

/** Does what the channel wants done now: go to a page, post a form, or call the wallet. Codes are simply shown. */
export function goAndPay(view: View): void {
  const attempt = view.attempt;
  if (view.identify_url !== null) {
    window.location.assign(view.identify_url);
  } else if (attempt === null || attempt.status !== 'ready') {
    return;
  } else if (attempt.form !== null) {
    post(attempt.form);
  } else if (attempt.redirect !== null) {
    window.location.assign(attempt.redirect.url);
  } else if (attempt.wallet_call !== null) {
    callWallet(attempt.wallet_call.parameters);
  }
}

function post(form: { action: string; charset: string; fields: Record<string, string> }): void {
  const element = document.createElement('form');
  element.method = 'post';
  element.action = form.action;
  element.acceptCharset = form.charset;
  element.hidden = true;
  for (const [name, value] of Object.entries(form.fields)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    element.append(field);
  }
  document.body.append(element);
  element.submit();
  element.remove();
}

/** What the wallet's script says afterwards is a hint: the page asks the platform how it went. */
export function callWallet(parameters: Record<string, string>): void {
  const invoke = () => window.WeixinJSBridge?.invoke('getBrandWCPayRequest', parameters, () => undefined);
  if (window.WeixinJSBridge !== undefined) {
    invoke();
  } else {
    document.addEventListener('WeixinJSBridgeReady', invoke, { once: true });
  }
}
