import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Some of the kit's styles (where a dialog holds what lies behind it) come without the page's nonce, and would be refused by its policy. */
function styleNonce(): Plugin {
  return {
    name: 'ferry-style-nonce',
    transform(code, id) {
      if (!id.includes('@rc-component/util/es/Dom/dynamicCSS')) {
        return null;
      }
      const nonced = code.replaceAll(/(?<!option\.)csp\?\.nonce/g, "(csp?.nonce ?? document.getElementById('style-nonce')?.nonce)");
      if (nonced === code) {
        this.error('The kit writes its styles in another way now: see that each has the nonce.');
      }
      return { code: nonced, map: null };
    },
  };
}

// The gateway serves index.html for /portal and everything behind it, and the hashed files under /portal/assets.
export default defineConfig({
  base: '/portal/',
  plugins: [styleNonce(), react()],
  build: { target: 'es2022', assetsInlineLimit: 0, manifest: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '/portal/api': process.env.FERRY_BASE_URL ?? 'http://localhost:7200' } },
  test: { environment: 'jsdom', restoreMocks: true },
});
