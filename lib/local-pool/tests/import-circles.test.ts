import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findImportCircles } from '../../../tests/support/import-circles';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

test('no two files of the pool import each other, not even types, by whatever way', () => {
  expect(findImportCircles(ROOT, ['lib/local-pool/src'])).toEqual([]);
});
