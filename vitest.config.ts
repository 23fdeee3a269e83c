import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      'lib/local-pool/vitest.config.ts', // template-only
      {
        extends: true,
        test: {
          name: 'unit',
          // Generous limits for busy machines: no unit test depends on timing.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Your own tests count too, in any of these folders. Tests that need a build go in tests/site
          // or tests/browser.
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
          // Tests of the build in .next, over HTTP.
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
          globalSetup: ['tests/support/browser.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      // template-only
      {
        extends: true,
        test: {
          name: 'tools',
          include: ['tools/setup/**/*.test.ts', 'tools/doctor/tests/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      // /template-only
    ],
  },
});
