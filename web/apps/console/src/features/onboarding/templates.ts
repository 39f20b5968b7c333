/** What reviewers ask for again and again, in the language of the merchant; each may be changed before it is sent. */
export const TEMPLATES: { en: string; zh: string }[] = [
  {
    en: 'The document can’t be read. Please upload a sharp picture of the whole page.',
    zh: '文件无法辨认，请上传清晰完整的图片。',
  },
  { en: 'The document is out of date. Please upload a current one.', zh: '文件已过期，请上传有效的文件。' },
  {
    en: 'The name differs from the one you entered. Please correct one of them.',
    zh: '姓名与填写的不一致，请更正其中一处。',
  },
  {
    en: 'The address must be on a bill or letter of the last three months.',
    zh: '地址证明须为最近三个月内的账单或信函。',
  },
  {
    en: 'Please list every director and everyone who owns 25 % or more.',
    zh: '请列出所有董事及持股 25% 或以上的股东。',
  },
];
