/** `npm run --prefix tools/workshop test:nginx`: the built site behind a real shared cache. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes, servedFiles } from '../../../tests/support/built-site';
import type { Answer } from '../../../tests/support/http';
import type { RunningSite } from '../../../tests/support/site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from '../../../tests/support/visitor';
import { documentedLines, startSiteBehindNginx } from '../support/nginx';

// A cache that stores as much as RFC 9111 allows: it ignores `Set-Cookie` (section 7.3), and stores responses
// that don't state their age. It respects the site's `Cache-Control`.
const HTTP_LINES = 'proxy_cache_path $folder/cache keys_zone=shared:1m;';
const SERVER_LINES = `
  proxy_cache shared;
  proxy_cache_valid any 10m;
  proxy_cache_methods GET HEAD POST;
  proxy_ignore_headers Set-Cookie;
  add_header X-Cache $upstream_cache_status always;`;

let site: RunningSite;
let alice: Visitor;
let bob: Visitor;
let callback: string;
const anonymous = () => createVisitor(site.origin);
beforeAll(async () => {
  site = await startSiteBehindNginx(`${documentedLines()}${SERVER_LINES}`, HTTP_LINES);
  [alice, bob] = [anonymous(), anonymous()];
  callback = await alice.reachCallback('alice');
  expect((await alice.follow(callback)).status).toBe(200);
  await bob.signIn('bob');
});
afterAll(() => site.close());

const cacheOf = ({ headers }: Answer) => headers.get('x-cache');
const HERS = /alice|34c84488-e0e1-70ae-d2ee-991ad1a898c8/i;

describe('behind a cache that stores all that it may', () => {
  test('no other visitor gets what alice was shown', async () => {
    const { pages, handlers } = await routes();
    for (const path of [...pages, ...handlers, '/nothing-here']) {
      for (const headers of [DOCUMENT, FETCH]) {
        for (const [visitor, name] of [
          [alice, 'alice'],
          [alice, 'alice'],
          [bob, 'bob'],
          [anonymous(), 'signed out'],
        ] as const) {
          const answer = await visitor.clone().open(path, headers);
          expect(cacheOf(answer), path).toBe('MISS');
          if (name !== 'alice') expect(HERS.test(answer.body), `${path} for ${name}`).toBe(false);
        }
      }
    }
    expect((await alice.open('/profile')).body).toMatch(HERS);
    expect((await bob.open('/profile')).body).toContain('bob@example.com');
  });

  test('her callback sets a session in no other browser', async () => {
    const answer = await anonymous().open(callback);
    expect([answer.status, cacheOf(answer)]).toEqual([400, 'MISS']);
    expect(answer.setCookies).toEqual([]);
  });

  test('no other visitor gets the response to her form', async () => {
    for (const path of ['/refresh', '/profile', '/logout']) {
      await alice.clone().post(path, {}, { referer: `${site.origin}/profile` });
      const answer = await anonymous().post(path, {}, { referer: `${site.origin}/profile` });
      expect(cacheOf(answer), path).toBe('MISS');
      expect(
        answer.setCookies.filter((line) => /^(__Host-)?session(-\d+)?=F/.test(line)),
        path,
      ).toEqual([]);
    }
  });

  test('two signed-out visitors each start their own sign-in', async () => {
    const [one, other] = [await anonymous().open('/profile'), await anonymous().open('/profile')];
    expect(one.headers.get('location')).not.toBe(other.headers.get('location'));
    expect(one.setCookies[0]?.split(';')[0]).not.toBe(other.setCookies[0]?.split(';')[0]);
  });

  test('the files of the build come from the cache, the same for all visitors', async () => {
    const files = (await servedFiles()).filter(({ path }) => path.startsWith('/_next/static/'));
    expect(files.length).toBeGreaterThan(5);
    for (const { path } of files) {
      const [first, second] = [await alice.open(path, FETCH), await anonymous().open(path, FETCH)];
      expect([path, cacheOf(first), cacheOf(second)]).toEqual([path, 'MISS', 'HIT']);
      expect(second.body === first.body, path).toBe(true);
      expect(second.setCookies).toEqual([]);
    }
  });
});
