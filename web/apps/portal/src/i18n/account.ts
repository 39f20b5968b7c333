import i18next from 'i18next';
import { ACCOUNT as en } from './account.en';
import { ACCOUNT as zh } from './account.zh';

// Both at once: whoever changes the language on these pages needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
