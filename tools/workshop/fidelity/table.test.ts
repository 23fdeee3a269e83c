import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { BEHAVIORS } from './behaviors';
import { TABLE, table } from './table';

describe('the table in results.md', () => {
  test('matches the code; `npm run --prefix tools/workshop local-pool:table` rewrites it', async () => {
    expect(await readFile(TABLE, 'utf8')).toBe(table());
  });

  test('has each row once', () => {
    const ids = BEHAVIORS.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('gives a source for each, and a reason for each difference', () => {
    for (const { id, ask, cognito, source, standing } of BEHAVIORS) {
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
