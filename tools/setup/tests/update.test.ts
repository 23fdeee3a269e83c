import { describe, expect, test } from 'vitest';
import { parseRecord, textOf } from '../record';
import { asJson, mergeJson } from '../update/packages';
import { compareVersions, notesBetween, withoutPassword } from '../update/releases';
import { readOptions } from '../update/terminal';

describe('package.json, merged by meaning', () => {
  const merge = (base: unknown, mine: unknown, theirs: unknown) => mergeJson(base, mine, theirs);

  test('what only one side changed is taken, member by member', () => {
    const base = { scripts: { dev: 'a', build: 'b' }, dependencies: { next: '16.4.6' } };
    const mine = {
      scripts: { dev: 'a', build: 'b', mine: 'm' },
      dependencies: { next: '16.4.6', swr: '2.0.0' },
    };
    const theirs = { scripts: { dev: 'new', build: 'b' }, dependencies: { next: '16.4.7' } };
    expect(merge(base, mine, theirs)).toEqual({
      value: {
        scripts: { dev: 'new', build: 'b', mine: 'm' },
        dependencies: { next: '16.4.7', swr: '2.0.0' },
      },
      disagreements: [],
    });
  });

  test.each([
    ['1.2.3', '1.3.0', '1.10.0', '1.10.0'],
    ['^1.2.3', '^2.0.0', '^1.9.9', '^2.0.0'],
    ['1.2.3', '~1.3.0', '1.4.0', '1.4.0'],
  ])('of two newer versions than %s, the higher is taken: %s, %s', (base, mine, theirs, taken) => {
    expect(merge({ a: base }, { a: mine }, { a: theirs })).toEqual({
      value: { a: taken },
      disagreements: [],
    });
  });

  test('of two other changes, yours is kept, and both are reported', () => {
    const { value, disagreements } = merge(
      { s: { a: '1' } },
      { s: { a: 'mine' } },
      { s: { a: 'theirs' } },
    );
    expect(value).toEqual({ s: { a: 'mine' } });
    expect(disagreements).toEqual([{ key: 's.a', mine: 'mine', theirs: 'theirs' }]);
  });

  test('what you removed stays removed, and what the template removed goes unless you changed it', () => {
    expect(merge({ a: '1', b: '1', c: '1' }, { b: '1', c: 'mine' }, { a: '2' }).value).toEqual({
      c: 'mine',
    });
  });

  test('lists keep your items, and lose and gain what the template removed and added', () => {
    expect(merge(['a', 'b'], ['a', 'b', 'mine'], ['b', 'new']).value).toEqual(['b', 'mine', 'new']);
  });

  test('your order and indentation stay, and sorted members stay sorted', () => {
    const { value } = merge(
      { z: '1', a: '1' },
      { z: '1', a: '1', mine: 'x' },
      { z: '1', fresh: 'y', a: '1' },
    );
    expect(asJson(value, '{\n    "z": "1"\n}\n')).toBe(
      '{\n    "z": "1",\n    "fresh": "y",\n    "a": "1",\n    "mine": "x"\n}\n',
    );
    const sorted = merge(
      { a: '1', c: '1' },
      { a: '1', c: '1', d: '1' },
      { a: '1', b: '1', c: '1' },
    ).value;
    expect(Object.keys(Object(sorted))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('two changed versions of an installed package are never mixed', () => {
    const rules = {
      isWhole: (path: readonly string[]) => path.length === 1,
      prefer: 'theirs',
    } as const;
    const [mine, theirs] = [{ version: '1.1.0', mine: true }, { version: '1.2.0' }];
    expect(mergeJson({ p: { version: '1.0.0' } }, { p: mine }, { p: theirs }, rules).value).toEqual(
      { p: theirs },
    );
  });
});

describe('the changelog', () => {
  const before =
    '## Unreleased\n\n### Added\n\n- Old.\n\n## 1.0.0 - 2026-01-01\n\n### Added\n\n- First.\n';
  const after = `## Unreleased

## 1.2.0 - 2026-03-01

### Security

- A fix
  in two lines.

### By hand

- Rename \`A\` to \`B\`.

## 1.1.0 - 2026-02-01

### Added

- Old.
- Newer, in \`lib/site.ts\`.

## 1.0.0 - 2026-01-01

### Added

- First.
`;

  test('only what is new is listed, each item on one line', () => {
    expect(notesBetween(after, before, '1.0.0')).toEqual([
      {
        version: '1.2.0',
        security: ['A fix in two lines.'],
        byHand: ['Rename `A` to `B`.'],
        all: ['A fix in two lines.', 'Rename `A` to `B`.'],
      },
      { version: '1.1.0', security: [], byHand: [], all: ['Newer, in `lib/site.ts`.'] },
    ]);
  });

  test('a project that has the release gets no notes', () => {
    expect(notesBetween(after, after, '1.2.0')).toEqual([]);
  });
});

test.each([
  ['1.9.2', '1.10.0'],
  ['0.9.9', '1.0.0'],
  ['1.0.0', '1.0.1'],
])('%s is older than %s', (older, newer) => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
  expect(compareVersions(older, older)).toBe(0);
});

test.each([
  ['https://me:secret@example.com/x.git', 'https://example.com/x.git'],
  ['https://me:sec@ret@example.com/x.git', 'https://example.com/x.git'],
  ['https://token@example.com/x.git', 'https://example.com/x.git'],
  ['ssh://git:secret@example.com/x.git', 'ssh://git@example.com/x.git'],
  // Without the account, the next update could not sign in.
  ['ssh://git@example.com/x.git', 'ssh://git@example.com/x.git'],
  ['git@example.com:me/x.git', 'git@example.com:me/x.git'],
])('a password in the address is neither printed nor recorded: %s', (address, shown) => {
  expect(withoutPassword(`fatal: ${address} not found`)).toBe(`fatal: ${shown} not found`);
});

describe('the record', () => {
  test('is read as it was written', () => {
    const record = {
      version: '1.2.3',
      commit: 'a'.repeat(40),
      tree: 'b'.repeat(40),
      source: '../template',
      choices: { name: 'my-app', demo: false, lean: true, middleware: 'proxy' },
    } as const;
    expect(parseRecord(textOf(record))).toEqual(record);
  });

  test('in a new copy has a version, and no commit until `git archive` fills it in', () => {
    const text = '{ "version": "1.0.0", "commit": "$Format:%H$" }';
    expect(parseRecord(text)).toEqual({ version: '1.0.0', choices: {} });
  });

  test.each([
    'null',
    '[]',
    '{"choices": 1}',
    '{"version": 1, "choices": {"name": 2, "demo": "x", "middleware": "y"}}',
  ])('without anything readable is empty: %s', (text) =>
    expect(parseRecord(text)).toEqual({ choices: {} }),
  );
});

describe('the options', () => {
  test.each([
    ['--from', '', '--from has no value'],
    ['--check', '--dry-run', 'exclude each other'],
    ['--form', 'x', "Unknown option '--form'"],
  ])('%s %s is refused', (first, second, message) => {
    const options = readOptions([first, second]);
    expect(options.kind === 'wrong' && options.message).toContain(message);
  });

  test('an address that looks like an option of git is only an address', () => {
    expect(readOptions(['--from=--upload-pack=x'])).toMatchObject({
      kind: 'update',
      from: '--upload-pack=x',
    });
  });
});
