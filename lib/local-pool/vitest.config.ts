import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'pool',
    include: ['tests/**/*.test.ts'],
    // None of them is about time, and a busy machine takes its own.
    testTimeout: 20_000,
    // No file leaves anything behind, so they share their modules and one set of signing keys, which
    // cost more than all that is tested with them.
    isolate: false,
  },
});
