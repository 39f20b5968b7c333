import { Speaking } from '@ferrypay/desk/language.tsx';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Portal } from './app/portal';
import { LOADERS } from './i18n/language';
import '@ferrypay/desk/style.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Speaking loaders={LOADERS}>
        <Portal />
      </Speaking>
    </StrictMode>,
  );
}
