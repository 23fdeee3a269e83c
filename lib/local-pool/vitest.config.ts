import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // None of them is about time, and a busy machine takes its own.
    testTimeout: 20_000,
  },
});
