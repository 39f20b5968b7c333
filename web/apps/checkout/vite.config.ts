import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The gateway serves index.html for /pay/*, static-code.html for /s/*, dynamic-code.html for /q/* and the hashed files under /assets; in-wallet browsers can be years old.
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2018',
    cssTarget: 'chrome61',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'static-code.html', 'dynamic-code.html'] },
  },
  test: { environment: 'jsdom', restoreMocks: true },
});
