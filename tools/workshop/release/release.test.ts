import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { notesBetween } from '../../setup/update/releases';
import { type OldSession, openOld } from './old-session';
import { changesBetween, readSurface, type Surface, unmentioned } from './surface';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const version: string = read('.template.json').version;
/** What the last release recorded: `npm run --prefix tools/workshop release`. */
const last: { surface: Surface; session: OldSession } = read(
  `tools/workshop/release/${version}.json`,
);
const [unreleased = { all: [], byHand: [] }] = notesBetween(changelog, '', version).filter(
  (notes) => notes.version === 'Unreleased',
);

test('the version is the same in every file, and the newest one in the changelog', () => {
  expect(read('package.json').version).toBe(version);
  const { version: locked, packages } = read('package-lock.json');
  expect([locked, packages[''].version]).toEqual([version, version]);
  expect(/^## (\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d$/m.exec(changelog)?.[1]).toBe(version);
});

test('a new name is in the changelog, and a removed one says what owners of a copy do by hand', () => {
  const changes = changesBetween(last.surface, readSurface());
  const problem = `Mention these in CHANGELOG.md under Unreleased, those that were removed in its section "By hand"`;
  expect(unmentioned(changes, unreleased), problem).toEqual([]);
});

test('a user who signed in with the last release is still signed in, or the changelog says so', async () => {
  const opened = await openOld(last.session);
  if (opened === undefined) expect(unreleased.byHand.join('\n')).toContain('sign in again');
  else expect(opened).toBe(last.session.refreshToken);
});

test('the surface has every kind of name', () => {
  const surface = readSurface();
  const one = (kind: keyof Surface) => surface[kind];
  expect(one('environment')).toContain('COGNITO_USER_POOL_ID');
  expect(one('exports of @/lib/cognito')).toEqual(expect.arrayContaining(['requireUser', 'User']));
  expect(one('cookies')).toEqual(expect.arrayContaining(['session', 'signed-out']));
  expect(one('commands')).toEqual(expect.arrayContaining(['dev', 'update']));
  expect(one('exports of files that owners edit')).toContain('access of lib/access.ts');
});

test('a removed variable, and a new export, are missed in the changelog', () => {
  const present = readSurface();
  const before = { ...present, environment: [...present.environment, 'COGNITO_OLD'] };
  const now = { ...present, 'exports of @/lib/cognito': ['newName'] };
  const changes = changesBetween(before, { ...now, environment: present.environment }).filter(
    ({ name }) => ['COGNITO_OLD', 'newName'].includes(name),
  );
  const nothing = { all: [], byHand: [] };
  expect(unmentioned(changes, nothing)).toEqual([
    'environment: COGNITO_OLD was removed',
    'exports of @/lib/cognito: newName was added',
  ]);
  const onlyMentioned = { all: ['`COGNITO_OLD` is gone, `newName` is new.'], byHand: [] };
  expect(unmentioned(changes, onlyMentioned)).toEqual(['environment: COGNITO_OLD was removed']);
  const whole = { ...onlyMentioned, byHand: ['Rename `COGNITO_OLD`.'] };
  expect(unmentioned(changes, whole)).toEqual([]);
});

test('a session that this release can’t read is noticed', async () => {
  const [name = '', value = ''] = Object.entries(last.session.cookies)[0] ?? [];
  const cookies = { [name]: `${value.slice(0, -4)}AAAA` };
  expect(await openOld({ ...last.session, cookies })).toBeUndefined();
});
