import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig(({ mode }) => ({
  // The tests name files by their paths in the repository.
  root,
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      {
        extends: true,
        // `--mode fuzz` reaches no project by itself.
        mode,
        test: {
          name: 'workshop',
          // None of these tests depends on time, but a busy machine is slow.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          include: [
            'tools/workshop/bench/tests/*.test.ts',
            'tools/workshop/cold/*.test.ts',
            'tools/workshop/container/*.test.ts',
            'tools/workshop/development/*.test.ts',
            'tools/workshop/count/*.test.ts',
            'tools/workshop/docs/*.test.ts',
            'tools/workshop/fidelity/*.test.ts',
            'tools/workshop/fuzz/*.test.ts',
            'tools/workshop/in-process/*.test.ts',
            'tools/workshop/infra/*.test.ts',
            'tools/workshop/mutation/*.test.ts',
            'tools/workshop/pictures/*.test.ts', // demo
            'tools/workshop/release/*.test.ts',
            'tools/workshop/test/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          // They have their own packages: tools/workshop/clients/README.md.
          name: 'clients',
          include: ['tools/workshop/clients/*.test.ts', 'tools/workshop/next-intl/*.test.ts'],
          // It imports Next as only a bundler can resolve it.
          server: { deps: { inline: ['next-intl'] } },
          globalSetup: ['tools/workshop/clients/trusted-certificate.ts'],
          // The global setup adds to this object.
          env: {},
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          // Tests the build in .next, over HTTP and in a browser: what an upgrade of Next could break.
          name: 'site',
          include: [
            'tools/workshop/site/*.test.ts',
            'tools/workshop/site/demo/*.test.ts', // demo
          ],
          globalSetup: ['tests/support/browser.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // `--mode whole` makes the tests of updates try every combination.
        mode,
        test: {
          // Each test copies the repository and builds the copy.
          name: 'copies',
          include: ['tools/workshop/{copies,recipes,update}/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          // It makes its own build, for the image.
          name: 'image',
          include: ['tools/workshop/container/image/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        // `mutate` runs these to see whether they notice a removed defense: tests that need no build.
        mode,
        test: {
          name: 'defenses',
          include: [
            'tests/{cognito,in-process}/**/*.test.ts',
            'tools/workshop/{fuzz,in-process}/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          // Other browser engines. Runs only with `npm run --prefix tools/workshop test:engines`: it has its own
          // packages, and browsers from Debian. `npm run test:all` runs only `smoke.test.ts`.
          name: 'engines',
          include: ['tools/workshop/engines/*.test.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Runs only with `npm run --prefix tools/workshop test:nginx`, because it needs nginx.
          name: 'nginx',
          include: ['tools/workshop/nginx/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
}));
