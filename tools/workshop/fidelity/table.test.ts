import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { BEHAVIOURS } from './behaviours';
import { withRows } from './table';

describe('the table of docs/local-pool.md', () => {
  test('is what the code says; `npm run --prefix tools/workshop local-pool:table` writes it anew', async () => {
    const document = await readFile('docs/local-pool.md', 'utf8');
    expect(document).toBe(withRows(document));
  });

  test('has each row once', () => {
    const ids = BEHAVIOURS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('gives a source and a sentence for each', () => {
    for (const { id, ask, cognito, source, standing } of BEHAVIOURS) {
      expect(
        [ask, cognito, source].map((text) => text.trim().length > 1),
        id,
      ).toEqual([true, true, true]);
      if (standing.kind === 'different') {
        expect(standing.local, id).not.toBe(cognito);
        expect(standing.why.length, id).toBeGreaterThan(10);
      }
    }
  });
});
