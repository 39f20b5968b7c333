import { Speaking } from '@ferrypay/desk/language.tsx';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console';
import { LOADERS } from './i18n/language';
import '@ferrypay/desk/style.css';
import './app/style.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Speaking loaders={LOADERS}>
        <Console />
      </Speaking>
    </StrictMode>,
  );
}
