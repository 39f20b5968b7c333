import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './style.css';
import { App } from './app';
import { SpeechProvider } from './i18n/speech';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <SpeechProvider>
        <App />
      </SpeechProvider>
    </StrictMode>,
  );
}
if ('serviceWorker' in navigator) {
  // The app works without it; it only opens sooner, and without a network, with it.
  navigator.serviceWorker.register('/spotpay/service-worker.js', { scope: '/spotpay/' }).catch(() => undefined);
}
