import type { Language } from '../i18n/texts';

// Its own few sentences: the page is to open at once in a slow wallet browser.
const zh = {
  title: '付款',
  test: '测试模式 · 不会真实扣款',
  switchLanguage: 'English',
  payTo: '付款给',
  serial: '编号 {serial}，请核对与海报上的一致',
  amount: '付款金额（{currency}）',
  youPay: '以{currency}付款，以人民币扣款',
  about: '约 {yuan}',
  exactly: '人民币 {yuan}',
  rate: '{wallet}：1 {base} = {rate} CNY',
  pad: '数字键盘',
  delete: '删除',
  pay: '付款',
  payAmount: '付款 {amount}',
  paying: '正在打开…',
  malformed: '请输入金额，例如 35.50',
  decimals: '最多 {count} 位小数',
  zero: '金额须大于零',
  tooSmall: '最低 {amount}',
  tooLarge: '最高 {amount}',
  limits: '{least} 至 {most}',
  dailyLimit: '此码今日可收金额已不足，请联系店员',
  offline: '网络不通，尚未付款。请重试。',
  failed: '暂时无法付款，尚未扣款。请稍后重试。',
  retry: '重试',
  loading: '正在打开…',
  unknown: '此码无效',
  unknownHelp: '请向店员确认二维码。',
  replaced: '此码已更换',
  replacedHelp: '请扫描店内的新码，旧码不能付款。',
  disabled: '此码已停用',
  disabledHelp: '请向店员询问其他付款方式。',
  limitReached: '此码今日收款已达上限',
  limitReachedHelp: '请明天再来，或向店员询问其他付款方式。',
  noWay: '此处不能用这个应用付款',
  noWayHelp: '请用以下任一应用扫码：{wallets}',
  wechat: '微信支付',
  alipay: '支付宝',
  jdpay: '京东支付',
  onlinebank: '网上银行',
};

export type TextKey = keyof typeof zh;

const en: Record<TextKey, string> = {
  title: 'Pay',
  test: 'Test mode · no real money moves',
  switchLanguage: '中文',
  payTo: 'Pay to',
  serial: 'Code {serial}: it should be the same on the poster',
  amount: 'Amount in {currency}',
  youPay: 'You pay in {currency} and are charged in yuan',
  about: 'about {yuan}',
  exactly: '{yuan} in yuan',
  rate: '{wallet}: 1 {base} = {rate} CNY',
  pad: 'Number pad',
  delete: 'Delete',
  pay: 'Pay',
  payAmount: 'Pay {amount}',
  paying: 'Opening…',
  malformed: 'Please type an amount such as 35.50',
  decimals: 'At most {count} decimals',
  zero: 'The amount must be more than zero',
  tooSmall: 'At least {amount}',
  tooLarge: 'At most {amount}',
  limits: '{least} to {most}',
  dailyLimit: 'This code takes no more of that size today. Please ask the staff.',
  offline: 'No connection. Nothing has been paid. Please try again.',
  failed: 'Paying does not work at the moment. Nothing has been paid. Please try again later.',
  retry: 'Try again',
  loading: 'Opening…',
  unknown: 'This code leads nowhere',
  unknownHelp: 'Please check the code with the staff.',
  replaced: 'This code was replaced',
  replacedHelp: 'Please scan the new code in the shop. Nobody can pay by the old one.',
  disabled: 'This code is no longer in use',
  disabledHelp: 'Please ask the staff how else to pay.',
  limitReached: 'This code takes no more today',
  limitReachedHelp: 'Please come again tomorrow, or ask the staff how else to pay.',
  noWay: 'This app can’t pay here',
  noWayHelp: 'Please scan the code with one of these: {wallets}',
  wechat: 'WeChat Pay',
  alipay: 'Alipay',
  jdpay: 'JD Pay',
  onlinebank: 'Online bank',
};

export const TEXTS: Record<Language, Record<TextKey, string>> = { 'zh-CN': zh, en };

// The same as the pay page remembers.
const REMEMBERED = 'ferrypay.language';

/** What the shopper chose before, else what the browser speaks. */
export function firstLanguage(): Language {
  let remembered: string | null = null;
  try {
    remembered = window.localStorage.getItem(REMEMBERED);
  } catch {
    // Some wallet browsers forbid storage.
  }
  return (remembered ?? navigator.language).slice(0, 2) === 'en' ? 'en' : 'zh-CN';
}

export function remember(language: Language): void {
  try {
    window.localStorage.setItem(REMEMBERED, language);
  } catch {
    // It holds for this page at least.
  }
}

export function say(language: Language, key: TextKey, values: Record<string, string> = {}): string {
  return TEXTS[language][key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
