import i18next from 'i18next';
import { MONEY as en } from './money.en';
import { MONEY as zh } from './money.zh';

// Both at once: whoever changes the language on these pages needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
