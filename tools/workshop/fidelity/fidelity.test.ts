import { describe, expect, test } from 'vitest';
import { expectedHere } from './behavior';
import { CHAPTERS } from './behaviors';
import { localTarget } from './local-target';

describe.each(CHAPTERS)('$title', ({ rows }) => {
  for (const row of rows) {
    const kinds = (['confidential', 'public'] as const).filter((kind) => {
      const other = kind === 'public' ? 'confidential' : 'public';
      return !row.traits.includes(other);
    });
    test.each(kinds)(`${row.id}: ${row.ask} (%s client)`, async (kind) => {
      const target = await localTarget(row, kind);
      expect(await row.observe(target)).toBe(expectedHere(row));
    });
  }
});
