import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Portal } from './app/portal';
import { Speaking } from './i18n/language';
import './app/style.css';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Speaking>
        <Portal />
      </Speaking>
    </StrictMode>,
  );
}
