import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exchange, nameOf, type RecordedSite, startRecordedSite } from '../support/recorder';
import { mayBeStored } from '../support/shared-cache';
import { tour } from '../support/tour';

let site: RecordedSite;
beforeAll(async () => {
  site = await startRecordedSite();
  await tour(site);
}, 120_000);
afterAll(() => site.close());

const hasSession = ({ asked }: Exchange) => /(^|; )session[.=]/.test(asked.get('cookie') ?? '');
const isBuilt = ({ url }: Exchange) => url.startsWith('/_next/static/');
const isFile = (each: Exchange) => isBuilt(each) || /^\/(icon\.svg|robots\.txt)$/.test(each.url);
/** Next's own, for two slashes, before anything of ours: an address and nothing else. */
const isRedirectOfNext = ({ url }: Exchange) => url.startsWith('//');
const fromMiddleware = (each: Exchange) => !isBuilt(each) && !isRedirectOfNext(each);

/** What was asked and answered where the rule is broken. */
function offenders(
  which: (each: Exchange) => boolean,
  rule: (each: Exchange) => boolean,
): string[] {
  const judged = site.exchanges.filter(which);
  expect(judged.length).toBeGreaterThan(0);
  return [...new Set(judged.filter((each) => !rule(each)).map(nameOf))];
}

test('the tour meets answers of every status, with a session and without', () => {
  const STATUSES = [200, 303, 307, 400, 401, 403, 404, 405];
  for (const signedIn of [true, false]) {
    const met = site.exchanges.filter((each) => hasSession(each) === signedIn);
    expect([...new Set(met.map(({ status }) => status))]).toEqual(expect.arrayContaining(STATUSES));
  }
  const all = [...new Set(site.exchanges.map(({ status }) => status))];
  expect(all).toEqual(expect.arrayContaining([308, 500, 503]));
});

describe('every answer', () => {
  const EXACTLY: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ];
  test.each(EXACTLY)('says %s: %s', (name, value) => {
    const wrong = offenders(
      (each) => !isRedirectOfNext(each),
      ({ headers }) => headers.get(name) === value,
    );
    expect(wrong).toEqual([]);
  });

  test('but files of the build says what else a document may do', () => {
    const wrong = offenders(
      fromMiddleware,
      ({ headers }) =>
        headers.get('cross-origin-opener-policy') === 'same-origin' &&
        (headers.get('permissions-policy') ?? '').includes('camera=()'),
    );
    expect(wrong).toEqual([]);
  });

  test('but files of the build has a policy by nonce', () => {
    const wrong = offenders(fromMiddleware, ({ headers }) => {
      const policy = headers.get('content-security-policy') ?? '';
      return (
        /script-src 'self' 'nonce-[\w-]{22}' 'strict-dynamic'(;|$)/.test(policy) &&
        policy.includes("frame-ancestors 'none'") &&
        policy.includes(`form-action 'self' ${site.environment.COGNITO_DOMAIN};`) &&
        !policy.includes('unsafe')
      );
    });
    expect(wrong).toEqual([]);
  });

  test('has a nonce of its own', () => {
    const nonces = site.exchanges.map(
      ({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1],
    );
    const all = nonces.filter((nonce) => nonce !== undefined);
    expect(new Set(all).size).toBe(all.length);
  });

  test('says nothing of what serves it, and nothing of what it took', () => {
    const talkative = ['x-powered-by', 'server', 'server-timing'];
    const wrong = offenders(
      () => true,
      ({ headers }) => !talkative.some((name) => headers.has(name)),
    );
    expect(wrong).toEqual([]);
  });

  test('but a file is private and never stored', () => {
    const wrong = offenders(
      (each) => !isFile(each) && !isRedirectOfNext(each),
      ({ headers }) => /^private,.* no-store/.test(headers.get('cache-control') ?? ''),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a shared cache may keep', () => {
  test('no answer that sets a cookie', () => {
    const wrong = offenders(
      ({ setCookies }) => setCookies.length > 0,
      (each) => !mayBeStored(each),
    );
    expect(wrong).toEqual([]);
  });

  test('no answer that was made with a session', () => {
    const wrong = offenders(
      (each) => hasSession(each) && !isFile(each),
      (each) => !mayBeStored(each),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing but files, and where a path with two slashes leads', () => {
    const wrong = offenders(
      (each) => !isFile(each),
      (each) => !mayBeStored(each),
    );
    expect(wrong).toEqual(['GET //flow (document, without cookies): 308']);
  });
});
