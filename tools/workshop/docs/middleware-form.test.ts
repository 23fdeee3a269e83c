import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formOf, otherThan, renamed, STAYS } from '@/tools/setup/proxy/form';
import { FILES } from '../../../tests/support/sources';

test('no line mentions only the other form of the middleware', () => {
  const ours = FILES.filter((file) => !STAYS.test(file) && /\.(ts|tsx|js|md|ya?ml)$/.test(file));
  expect(ours.length).toBeGreaterThan(300);
  const stale = ours.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return renamed(text, formOf()) !== text;
  });
  expect(stale, `These mention only ${otherThan(formOf())}.ts.`).toEqual([]);
});
