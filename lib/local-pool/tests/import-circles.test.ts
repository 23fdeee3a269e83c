import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findImportCircles } from '../../../tests/support/sources';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

test('no files of the pool import each other in a circle, not even types', () => {
  expect(findImportCircles(ROOT, ['lib/local-pool/src'])).toEqual([]);
});
