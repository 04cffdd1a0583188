// SPDX-License-Identifier: EUPL-1.2
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  // `npm run dev` serves the sources and hands the API to a daemon: KOGGE_URL, else where host/up serves.
  const daemon = loadEnv(mode, '.', 'KOGGE_')['KOGGE_URL'] ?? 'http://127.0.0.1:8420';
  return {
    build: {
      target: 'es2022',
      // Everything comes from files of our own: the Content-Security-Policy allows nothing inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    server: { proxy: { '/api': daemon, '/feeds': daemon } },
    test: { include: ['src/**/*.test.ts'], environment: 'node' },
  };
});
