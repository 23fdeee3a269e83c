import { expect, test } from 'vitest';
import { type App, EMPTY } from '@/tools/workshop/bench/apps';
import { cellsOf } from '@/tools/workshop/bench/cells';
import { chunk } from '@/tools/workshop/bench/cookie-header';
import { scriptsOf } from '@/tools/workshop/bench/page-scripts';

const app: App = {
  name: 'one',
  title: 'one',
  layers: [],
  sessions: 'one',
  paths: { open: '/open', me: '/me' },
  refusal: 307,
  caches: true,
  verifies: 'all',
};

test('a private page must show the user, and refuse a visitor without a session', () => {
  const cells = cellsOf({ app, origin: 'http://localhost:1', session: 'a=b' }, ['requests']);
  const targetOf = (kind: string) => cells.find((cell) => cell.kind === kind)?.target;
  expect(targetOf('me')).toMatchObject({
    status: 200,
    text: 'alice@example.com',
    cookies: ['a=b'],
  });
  expect(targetOf('meOut')).toMatchObject({ path: '/me', status: 307, cookies: [] });
  expect(targetOf('openOut')).toMatchObject({ path: '/open', status: 200, cookies: [] });
});

test('refusals are not measured for an app without sign-in, nor new sessions for an app that does not cache them', () => {
  const plain = { ...app, name: EMPTY, refusal: null, caches: false };
  const kinds = cellsOf({ app: plain, origin: 'http://localhost:1', session: 'a=b' }, ['requests']);
  expect(kinds.map(({ kind }) => kind)).toEqual(['openOut', 'openIn', 'me', 'me1', 'me64']);
});

test('a scenario measures only its own kinds of request, and only where an app has them', () => {
  const full: App = { ...app, refreshes: true, paths: { ...app.paths, api: '/api/me' } };
  const kindsOf = (one: App, scenario: 'day' | 'instances') =>
    cellsOf({ app: one, origin: 'http://localhost:1', session: 'a=b' }, [scenario]).map(
      ({ kind }) => kind,
    );
  expect(kindsOf(full, 'day')).toEqual(['openIn', 'me', 'day', 'refresh', 'signIn']);
  expect(kindsOf({ ...app, paths: full.paths }, 'day')).toEqual(['openIn', 'me', 'day']);
  expect(kindsOf(full, 'instances')).toEqual([]);
});

test('the scripts of a page are those with a URL, except the ones for old browsers', () => {
  const html =
    '<script src="/_next/static/chunks/a.js" async=""></script><script>self.x=1</script>' +
    '<script src="/_next/static/chunks/old.js" noModule=""></script>';
  expect(scriptsOf(html, 'http://localhost:1')).toEqual([
    'http://localhost:1/_next/static/chunks/a.js',
  ]);
});

test('a value that is too long for one cookie is split into several, in order and completely', () => {
  const cut = { name: 'n', size: 4, nameOf: (index: number) => `n.${index}` };
  expect(chunk({ ...cut, value: 'abcd' })).toBe('n=abcd');
  expect(chunk({ ...cut, value: 'abcdefghi' })).toBe('n.0=abcd; n.1=efgh; n.2=i');
});
