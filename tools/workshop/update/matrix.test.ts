/**
 * Copies of the template, however they were made, whatever their owners chose and changed, are updated from the present
 * files to a made-up next release, and from an older commit to the present files.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CHANGES,
  CHOICES,
  type Change,
  type Choice,
  type Copy,
  choose,
  edit,
  INSIDE,
  lost,
  makeCopy,
  ORIGINS,
  type Origin,
  remove,
  runNode,
  runScript,
} from './copies';
import { git, hasCommit, makeTemplate, NEXT_LINE, NEXT_RELEASE, NEXT_VERSION } from './template';

const template = makeTemplate();
const TOOL = ['--import', 'tsx', resolve('tools/setup/update.ts')];
/** The last commit before there was `npm run update`. */
const BEFORE_UPDATE = 'fb80bf234774dec1a254412d881cc2bccbdc4f13';

type Case = readonly [Origin, Choice, Change];
/** `npm run --prefix tools/workshop test:update` tries every combination. */
const WHOLE = import.meta.env.MODE === 'whole';
const ALL = CHOICES.flatMap((choice) =>
  CHANGES.flatMap((change) => ORIGINS.map((origin): Case => [origin, choice, change])),
);
/** Each origin, each choice and each change at least twice. */
const CASES = WHOLE
  ? ALL
  : CHOICES.flatMap((choice, row) => [caseAt(choice, row, row), caseAt(choice, row, row + 1)]);
const OLD_CASES: readonly Case[] = WHOLE
  ? // Before there was an update, nothing was lean.
    ALL.filter(([, choice, change]) => choice !== 'lean' && change !== 'lib/cognito')
  : [
      ['a clone', 'as it is', 'their files'],
      ['a folder of a repository', 'without the demo', 'own pages and tests'],
    ];

function caseAt(choice: Choice, row: number, column: number): Case {
  const change = CHANGES[column % CHANGES.length] ?? 'nothing';
  return [ORIGINS[(row + column) % ORIGINS.length] ?? 'a clone', choice, change];
}

const unmerged = ({ root }: Copy) => [
  ...new Set(git(root, 'diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean)),
];
const treeOf = ({ folder }: Copy) => git(folder, 'ls-files', '--stage', '.').split('\n');

test.each(CASES)('%s, %s, with changes to %s, gets the next release', (origin, choice, change) => {
  const copy = start(template.present, origin, choice, change, `${origin} ${choice} ${change}`);
  // Work in the rest of the repository goes on.
  if (copy.root !== copy.folder) writeFileSync(join(copy.root, 'README.md'), 'Not committed.\n');
  const output = runScript(copy, 'update', ['--from', template.path]);
  const read = (file: string) => readFileSync(join(copy.folder, file), 'utf8');

  const inside = change === 'lib/cognito';
  const prefix = copy.folder.slice(copy.root.length + 1);
  expect(unmerged(copy), output).toEqual(inside ? [join(prefix, INSIDE.samePlace)] : []);
  expect(lost(copy, change), output).toEqual([]);
  for (const file of NEXT_RELEASE.changed) {
    // A lean copy has a README of its own.
    if (file !== 'README.md' || choice !== 'lean') expect(read(file), file).toContain(NEXT_LINE);
  }
  expect(existsSync(join(copy.folder, NEXT_RELEASE.moved[0]))).toBe(false);
  expect(read(NEXT_RELEASE.moved[1])).toContain('export');
  expect(read(NEXT_RELEASE.added)).toContain('added');
  expect(JSON.parse(read('package.json')).scripts[NEXT_RELEASE.script]).toBe('node --version');
  expect(JSON.parse(read('.template.json'))).toMatchObject({ version: NEXT_VERSION });
  if (copy.root !== copy.folder)
    expect(readFileSync(join(copy.root, 'README.md'), 'utf8')).toBe('Not committed.\n');

  // The same as a new copy of the next release.
  if (change === 'nothing') {
    const fresh = start(`v${NEXT_VERSION}`, 'a template copy', choice, change, `fresh ${choice}`);
    const isOther = (line: string) => !line.endsWith('\t.template.json');
    expect(treeOf(copy).filter(isOther)).toEqual(treeOf(fresh).filter(isOther));
    remove(fresh);
  }
  remove(copy);
});

function start(commit: string, origin: Origin, choice: Choice, change: Change, name: string): Copy {
  const copy = makeCopy(template, commit, origin, name.replaceAll(/[^a-z]+/gi, '-'));
  choose(copy, choice);
  edit(copy, change);
  return copy;
}

describe.skipIf(!hasCommit(BEFORE_UPDATE))('a copy from before there was an update', () => {
  test.each(OLD_CASES)(
    '%s, %s, with changes to %s, gets the present release',
    (origin, choice, change) => {
      const copy = start(
        BEFORE_UPDATE,
        origin,
        choice,
        change,
        `old ${origin} ${choice} ${change}`,
      );
      const output = runNode(copy.folder, [
        ...TOOL,
        '--from',
        template.path,
        '--to',
        template.present,
      ]);
      expect(unmerged(copy), output).toEqual([]);
      expect(lost(copy, change), output).toEqual([]);
      const expected = start(
        template.present,
        'a template copy',
        choice,
        'nothing',
        `present ${choice}`,
      );
      const signIn = (of: Copy) => git(of.folder, 'ls-files', '--stage', 'lib/cognito').split('\n');
      expect(signIn(copy)).toEqual(signIn(expected));
      remove(copy);
      remove(expected);
    },
  );
});
