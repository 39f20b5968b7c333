import i18next from 'i18next';
import { DEVICES as en } from './devices.en';
import { DEVICES as zh } from './devices.zh';

// Both at once: whoever changes the language on this page needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
