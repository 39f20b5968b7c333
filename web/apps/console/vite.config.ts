import { styleNonce } from '@ferrypay/desk/style-nonce';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The gateway serves index.html for /console and everything behind it, and the hashed files under /console/assets.
export default defineConfig({
  base: '/console/',
  plugins: [styleNonce(), react()],
  build: { target: 'es2022', assetsInlineLimit: 0, manifest: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/console/api': process.env.FERRY_BASE_URL ?? 'http://localhost:7200' } },
  test: { environment: 'jsdom', restoreMocks: true },
});
