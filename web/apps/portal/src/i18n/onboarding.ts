import i18next from 'i18next';
import { ONBOARDING as en } from './onboarding.en';
import { ONBOARDING as zh } from './onboarding.zh';

// Both at once: whoever changes the language on these pages needs no further file.
i18next.addResourceBundle('zh-CN', 'translation', zh);
i18next.addResourceBundle('en', 'translation', en);
