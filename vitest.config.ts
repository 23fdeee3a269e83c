import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      'lib/local-pool/vitest.config.ts',
      {
        extends: true,
        test: {
          name: 'unit',
          // None of them is about time, and a busy machine takes its own.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Yours too, wherever they are: those that need a build go to tests/site or tests/browser.
          include: ['{tests,app,lib}/**/*.test.{ts,tsx}'],
          exclude: [
            '**/node_modules/**',
            'lib/local-pool/**',
            'tests/{site,browser}/**',
            'tests/examples/{site,browser}.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          // Over HTTP, with the build in .next.
          name: 'site',
          include: ['tests/site/**/*.test.ts', 'tests/examples/site.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/examples/browser.test.ts'],
          globalSetup: ['tests/support/one-browser.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'tools',
          include: ['tools/setup/**/*.test.ts', 'tools/doctor/tests/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
});
