import i18next from 'i18next';
import { STORES as en } from './stores.en';
import { STORES as zh } from './stores.zh';

// Both at once: whoever changes the language on these pages needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
