import i18next from 'i18next';
import { WECHAT as en } from './wechat.en';
import { WECHAT as zh } from './wechat.zh';

// Both at once: whoever changes the language on this page needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
