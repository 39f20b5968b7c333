import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CheckoutPage, Gone } from './checkout-page';
import { Speaking } from './i18n/language';
import { nonceOf } from './payment/api';
import './style.css';

const nonce = nonceOf(window.location.pathname);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Speaking>{nonce === null ? <Gone /> : <CheckoutPage nonce={nonce} />}</Speaking>
    </StrictMode>,
  );
}
