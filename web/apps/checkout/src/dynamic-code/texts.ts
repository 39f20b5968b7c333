import type { Language } from '../i18n/texts';

// Its own few sentences: the page is to open at once in a slow wallet browser.
const zh = {
  title: '付款',
  test: '测试模式 · 不会真实扣款',
  switchLanguage: 'English',
  opening: '正在打开…',
  openingWallet: '正在打开{wallet}…',
  about: '约 {yuan}',
  taken: '另一部手机正在付款',
  takenHelp: '此码一次只能由一部手机付款。如需用这部手机付款，请先在另一部手机上放弃，或请店员重新出码。',
  takeOver: '改用这部手机付款',
  stillTaken: '另一部手机仍在付款，请稍候或请店员重新出码。',
  paid: '已付款',
  paidHelp: '此码已付款，不能再次付款。',
  over: '此码已失效',
  overHelp: '请让店员重新出码。',
  wait: '正在确认结果',
  waitHelp: '请不要再次付款，店员会告诉您结果。',
  unknown: '此码无效',
  unknownHelp: '请向店员确认二维码。',
  offline: '网络不通，尚未付款。请重试。',
  failed: '暂时无法付款，尚未扣款。请稍后重试。',
  retry: '重试',
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
  opening: 'Opening…',
  openingWallet: 'Opening {wallet}…',
  about: 'about {yuan}',
  taken: 'Another phone is paying',
  takenHelp: 'One phone at a time can pay by this code. To pay with this one, give up on the other first, or ask the staff for a new code.',
  takeOver: 'Pay with this phone instead',
  stillTaken: 'The other phone is still paying. Please wait, or ask the staff for a new code.',
  paid: 'Paid',
  paidHelp: 'This code has been paid. Nobody can pay it again.',
  over: 'This code is over',
  overHelp: 'Please ask the staff for a new one.',
  wait: 'The result is being checked',
  waitHelp: 'Please do not pay again. The staff will tell you the result.',
  unknown: 'This code leads nowhere',
  unknownHelp: 'Please check the code with the staff.',
  offline: 'No connection. Nothing has been paid. Please try again.',
  failed: 'Paying does not work at the moment. Nothing has been paid. Please try again later.',
  retry: 'Try again',
  wechat: 'WeChat Pay',
  alipay: 'Alipay',
  jdpay: 'JD Pay',
  onlinebank: 'Online bank',
};

export const TEXTS: Record<Language, Record<TextKey, string>> = { 'zh-CN': zh, en };

export function say(language: Language, key: TextKey, values: Record<string, string> = {}): string {
  return TEXTS[language][key].replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
