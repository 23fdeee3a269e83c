import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servedFiles } from '@/tests/support/built-site';
import { type Answer, send } from '@/tests/support/http';
import { mayBeStored, variesBy } from '@/tests/support/shared-cache';
import { type RunningSite, startSite } from '@/tests/support/site';
import { createVisitor, DOCUMENT } from '@/tests/support/visitor';

let site: RunningSite;
let cookie: string;
beforeAll(async () => {
  site = await startSite();
  const bob = createVisitor(site.origin);
  await bob.signIn('bob');
  cookie = bob.cookieHeader();
});
afterAll(() => site.close());

const ask = async (path: string, headers: Record<string, string>) => ({
  ...(await send(site.address, { path, headers })),
  method: 'GET',
  asked: new Headers(headers),
});

/** The paths that a shared cache may store. */
const kept = async () => (await servedFiles()).map(({ path }) => path);
/** Some paths that it may not store. */
const PAGES = ['/', '/profile', '/api/me', '/login', '/logout'];

test('a response that a shared cache may store is the same for all users, and sets no cookie', async () => {
  for (const path of await kept()) {
    const [anonymous, signedIn] = [
      await ask(path, DOCUMENT),
      await ask(path, { ...DOCUMENT, cookie }),
    ];
    expect([mayBeStored(anonymous), mayBeStored(signedIn)], path).toEqual([true, true]);
    expect(whatIsKept(anonymous) === whatIsKept(signedIn), path).toBe(true);
    expect(anonymous.setCookies, path).toEqual([]);
  }
});

/** Request headers that might change a response, each with a value that could do so. */
const DIFFERENCES: [string, () => string][] = [
  ['cookie', () => cookie],
  ['authorization', () => 'Bearer x'],
  ['accept', () => '*/*'],
  ['accept-encoding', () => 'gzip'],
  ['accept-language', () => 'de'],
  ['sec-fetch-dest', () => 'empty'],
  ['sec-fetch-mode', () => 'cors'],
  ['sec-fetch-site', () => 'cross-site'],
  ['sec-purpose', () => 'prefetch'],
  ['purpose', () => 'prefetch'],
  ['rsc', () => '1'],
  ['next-url', () => '/'],
  ['next-router-prefetch', () => '1'],
  ['next-router-segment-prefetch', () => '/_tree'],
  ['next-router-state-tree', () => '%5B%22%22%5D'],
  ['x-nextjs-data', () => '1'],
  ['origin', () => 'https://evil.example'],
  ['referer', () => 'https://evil.example/'],
  ['host', () => 'evil.example'],
  ['x-forwarded-host', () => 'evil.example'],
  ['x-forwarded-proto', () => 'https'],
  ['user-agent', () => 'Googlebot'],
];

describe('behind a shared cache, each user gets their own response', () => {
  test.each(DIFFERENCES)('even if %s differs', async (name, value) => {
    for (const path of [...PAGES, ...(await kept())]) {
      const without: Record<string, string> = { ...DOCUMENT };
      delete without[name];
      const pair = [await ask(path, without), await ask(path, { ...without, [name]: value() })];
      if (new Set(pair.map(whatIsKept)).size === 1) continue;
      for (const answer of pair.filter(mayBeStored)) {
        expect(variesBy(answer.headers, name), path).toBe(true);
      }
    }
  });
});

/** A response without the parts that are new each time: the date and the nonce. */
function whatIsKept({ status, headers, setCookies, body }: Answer): string {
  const kept = [...headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value.replaceAll(/'nonce-[^']+'/g, '')}`);
  return JSON.stringify([status, kept, setCookies, body]);
}
