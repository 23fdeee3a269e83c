import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(({ mode }) => ({
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      {
        extends: true,
        // `--mode fuzz` reaches no project by itself.
        mode,
        test: {
          name: 'unit',
          // None of them is about time, and a busy machine takes its own.
          testTimeout: 20_000,
          include: [
            'tests/cognito/**/*.test.ts',
            'tests/in-process/**/*.test.ts',
            'tools/doctor/tests/**/*.test.ts',
            'lib/local-pool/tests/**/*.test.ts',
            'tools/workshop/fidelity/**/*.test.ts',
            'tools/workshop/fuzz/**/*.test.ts',
            'tests/demo/*.test.ts', // demo
            'tests/examples/unit.test.ts',
            'tests/examples/access-token.test.ts',
            'tools/workshop/bench/tests/**/*.test.ts',
            'tools/workshop/infra/**/*.test.ts',
            'tools/workshop/container/*.test.ts',
            'tests/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: [
            'tests/site/**/*.test.ts',
            'tools/workshop/site/*.test.ts',
            'tests/examples/site.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [
            'tests/browser/**/*.test.ts',
            'tests/demo/site/*.test.ts', // demo
            'tests/examples/browser.test.ts',
          ],
          globalSetup: ['tests/support/one-browser.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Their packages are their own: tools/workshop/clients/README.md.
          name: 'clients',
          include: ['tools/workshop/clients/*.test.ts', 'tools/workshop/next-intl/*.test.ts'],
          // It imports Next in the way of a bundler.
          server: { deps: { inline: ['next-intl'] } },
          globalSetup: ['tools/workshop/clients/trusted-certificate.ts'],
          // The setup adds to it.
          env: {},
          testTimeout: 30_000,
        },
      },
      // demo
      {
        extends: true,
        test: {
          // After all others: it makes a build of its own.
          name: 'demo',
          include: ['tools/workshop/demo-removed/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      // /demo
      {
        extends: true,
        test: {
          // After the site's tests: it makes a build of its own, for the image.
          name: 'container',
          include: ['tools/workshop/container/image/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          // Not part of `npm test`: it needs an nginx.
          name: 'nginx',
          include: ['tools/workshop/nginx/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
}));
