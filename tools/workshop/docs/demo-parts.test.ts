import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARTS, REPLACED } from '@/tools/setup/demo/plan';

test('docs/make-it-yours.md says what each part is', () => {
  const document = readFileSync('docs/make-it-yours.md', 'utf8');
  for (const part of [...PARTS, ...REPLACED.keys()]) expect(document).toMatch(`\`${part}\``);
});
