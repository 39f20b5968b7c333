import i18next from 'i18next';
import { DEVELOPERS as en } from './developers.en';
import { DEVELOPERS as zh } from './developers.zh';

// Both at once: whoever changes the language on these pages needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
