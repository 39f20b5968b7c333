import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The gateway serves spotpay/index.html for /spotpay/*, its manifest and service worker beside it, and the hashed files under /assets.
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2020',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: 'spotpay/index.html',
      output: {
        entryFileNames: 'assets/spotpay-[hash].js',
        chunkFileNames: 'assets/spotpay-[name]-[hash].js',
        assetFileNames: 'assets/spotpay-[hash][extname]',
      },
    },
  },
  test: { environment: 'jsdom', restoreMocks: true },
});
