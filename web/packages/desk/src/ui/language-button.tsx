import { Button } from 'antd';
import { useSpeech } from '../language.tsx';

/** Speaks the other language. */
export function LanguageButton() {
  const { language, choose } = useSpeech();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button size="small" type="text" lang={other} onClick={() => choose(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
