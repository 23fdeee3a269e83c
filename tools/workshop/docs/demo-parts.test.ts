import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FRONT_PAGE, PARTS } from '@/tools/setup/demo/plan';

test('the README describes each part', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const part of [...PARTS, FRONT_PAGE]) expect(readme).toMatch(`\`${part}\``);
});
