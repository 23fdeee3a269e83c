import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { access } from '@/lib/access';
import { isPublicFile, isStaticPage } from '@/lib/cognito/access/access-rules';
import { routes, TEMPLATE_ROUTES } from '../support/built-site';
import {
  type Exchange,
  nameOf,
  type RecordedSite,
  startRecordedSite,
  tour,
} from '../support/recorder';
import { mayBeStored } from '../support/shared-cache';

const { pages, handlers } = await routes();
const own = [...pages, ...handlers].filter((path) => !TEMPLATE_ROUTES.includes(path));

let site: RecordedSite;
beforeAll(async () => {
  site = await startRecordedSite();
  await tour(site);
}, 120_000);
afterAll(() => site.close());

const hasSession = ({ asked }: Exchange) =>
  /(^|; )session(-\d+)?[.=]/.test(asked.get('cookie') ?? '');
const isBuilt = ({ url }: Exchange) => url.startsWith('/_next/static/');
const pathOf = ({ url }: Exchange) => url.split('?')[0] ?? '';
const isStatic = (each: Exchange) => isStaticPage(access, pathOf(each));
/** A file in `public`, or built by Next and the same for every visitor. RSC requests add a query. */
const isFile = (each: Exchange) =>
  isBuilt(each) || isPublicFile(access, pathOf(each)) || isStatic(each);
const LIST_IT =
  'Only files and static pages may be cached. If this response is the same for every visitor, list its path in publicFiles or staticPages of lib/access.ts. If not, send it with "Cache-Control: private, no-store".';
/** Leaves out your own routes for signed-in users: your tests decide what those return. */
const isOurs = (each: Exchange) => !own.includes(pathOf(each)) || !hasSession(each);
/** On hosts such as Vercel, some requests reach no code of the site. */
const isFromPlatform = ({ headers }: Exchange) => headers.has('x-from-platform');
const fromMiddleware = (each: Exchange) => !isBuilt(each);

/** Names each exchange that breaks the rule. */
function offenders(
  which: (each: Exchange) => boolean,
  rule: (each: Exchange) => boolean,
): string[] {
  const judged = site.exchanges.filter((each) => which(each) && !isFromPlatform(each));
  expect(judged.length).toBeGreaterThan(0);
  return [...new Set(judged.filter((each) => !rule(each)).map(nameOf))];
}

test('the tour gets responses of every status, with a session and without, and no 500', () => {
  const STATUSES = [200, 303, 307, 400, 401, 403, 404, 405];
  for (const signedIn of [true, false]) {
    const met = site.exchanges.filter((each) => hasSession(each) === signedIn);
    expect([...new Set(met.map(({ status }) => status))]).toEqual(expect.arrayContaining(STATUSES));
  }
  expect(site.exchanges.map(({ status }) => status)).toContain(503);
  const failed = site.exchanges.filter(({ status }) => status >= 500 && status !== 503);
  expect(failed.filter(isOurs).map(nameOf)).toEqual([]);
});

describe('every response', () => {
  const EXACTLY: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), browsing-topics=()'],
  ];
  test.each(EXACTLY)('has the header %s: %s', (name, value) => {
    const wrong = offenders(
      () => true,
      ({ headers }) => headers.get(name) === value,
    );
    expect(wrong).toEqual([]);
  });

  test('is protected from the window that opened it, except a redirect, on which Safari hangs', () => {
    const wrong = offenders(
      (each) => fromMiddleware(each) && !each.headers.has('location'),
      ({ headers }) => headers.get('cross-origin-opener-policy') === 'same-origin',
    );
    const hanging = offenders(
      ({ headers }) => headers.has('location'),
      ({ headers }) => !headers.has('cross-origin-opener-policy'),
    );
    expect([wrong, hanging]).toEqual([[], []]);
  });

  test('for a file of the build has a policy that allows nothing', () => {
    const wrong = offenders(
      isBuilt,
      ({ headers }) =>
        headers.get('content-security-policy') === "default-src 'none'; frame-ancestors 'none'",
    );
    expect(wrong).toEqual([]);
  });

  test('except files of the build has a policy with a nonce, or the hashes of a static page', () => {
    const wrong = offenders(fromMiddleware, (each) => {
      const policy = each.headers.get('content-security-policy') ?? '';
      const hashed = isStatic(each) && each.status !== 405;
      const scripts = hashed
        ? /script-src 'self'( 'sha256-[\w+/]{43}=')+;.* style-src 'self';/
        : /script-src 'self' 'nonce-[\w-]{22,192}' 'strict-dynamic'(;|$)/;
      return (
        scripts.test(policy) &&
        policy.includes("frame-ancestors 'none'") &&
        policy.includes(`form-action 'self' ${site.environment.COGNITO_DOMAIN};`) &&
        !policy.replace("style-src-attr 'unsafe-inline'", '').includes('unsafe')
      );
    });
    expect(wrong).toEqual([]);
  });

  test('has its own nonce', () => {
    const nonces = site.exchanges.map(
      ({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1],
    );
    const all = nonces.filter((nonce) => nonce !== undefined);
    expect(new Set(all).size).toBe(all.length);
  });

  test('reveals neither the server software nor timings', () => {
    const talkative = ['x-powered-by', 'server', 'server-timing'];
    const wrong = offenders(
      () => true,
      ({ headers }) => !talkative.some((name) => headers.has(name)),
    );
    expect(wrong).toEqual([]);
  });

  test('has nothing that the middleware passes to the page', () => {
    const wrong = offenders(
      () => true,
      ({ headers }) =>
        ![...headers.keys()].some((name) => /^x-(middleware-request|opened)/.test(name)),
    );
    expect(wrong).toEqual([]);
  });

  test('except a file or a static page is private and never stored', () => {
    const wrong = offenders(
      (each) => !isFile(each),
      ({ headers }) => /^private,.* no-store/.test(headers.get('cache-control') ?? ''),
    );
    expect(wrong, LIST_IT).toEqual([]);
  });
});

describe('a shared cache may store', () => {
  test('no response that sets a cookie', () => {
    const wrong = offenders(
      ({ setCookies }) => setCookies.length > 0,
      (each) => !mayBeStored(each),
    );
    expect(wrong, LIST_IT).toEqual([]);
  });

  test('no response to a request with a session', () => {
    const wrong = offenders(
      (each) => hasSession(each) && !isFile(each),
      (each) => !mayBeStored(each),
    );
    expect(wrong, LIST_IT).toEqual([]);
  });

  test('only files and static pages', () => {
    const wrong = offenders(
      (each) => !isFile(each),
      (each) => !mayBeStored(each),
    );
    expect(wrong, LIST_IT).toEqual([]);
  });
});
