import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../../..', import.meta.url));

// For `host-tests.ts`, which sets the variables and says what to skip.
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    name: 'host',
    include: [
      'tests/site/*.test.ts',
      'tests/examples/site.test.ts',
      `${process.env.HOST_FOLDER}/*.test.ts`,
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
