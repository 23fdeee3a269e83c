import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FRONT_PAGE, PARTS } from '@/tools/setup/demo/plan';

test('docs/make-it-yours.md says what each part is', () => {
  const document = readFileSync('docs/make-it-yours.md', 'utf8');
  for (const part of [...PARTS, FRONT_PAGE]) expect(document).toMatch(`\`${part}\``);
});
