import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'pool',
    include: ['tests/**/*.test.ts'],
    // No test depends on real time, but a busy machine may be slow.
    testTimeout: 20_000,
    // No file leaves anything behind, so all of them share their modules and one set of signing keys.
    // Creating these takes longer than the tests themselves.
    isolate: false,
  },
});
