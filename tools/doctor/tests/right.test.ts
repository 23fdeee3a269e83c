import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalPool, type TestPool } from '@/lib/local-pool/src/testing';
import { testClients } from '@/lib/local-pool/src/testing/test-seeds';
import { byCheck, CHECKS } from '@/tools/doctor/finding';
import { jsonReport, report } from '@/tools/doctor/report';
import { examineSite, notRight, SITE } from './support';

let pool: TestPool;
beforeAll(async () => {
  pool = await startLocalPool();
});
afterAll(() => pool.close());

test('a correct site passes every check', async () => {
  const findings = await examineSite(pool);
  expect(notRight(findings)).toEqual([]);
  expect(byCheck(findings).map(({ check }) => check)).toEqual(CHECKS.map(([check]) => check));
  const lines = report(findings, { ok: '+', wrong: '-', warning: '!', unknown: '?' }).split('\n');
  expect(lines.at(-1)).toBe(`${CHECKS.length} OK, 0 wrong, 0 not checked`);
  expect(lines).toHaveLength(CHECKS.length + 2);
});

test('a public app client without a secret passes every check', async () => {
  const [, open] = testClients(SITE);
  const changes = { COGNITO_CLIENT_ID: open?.clientId, COGNITO_CLIENT_SECRET: undefined };
  expect(notRight(await examineSite(pool, changes))).toEqual([]);
});

test('the classic hosted UI passes every check, and so does an issuer on another host', async () => {
  const classic = await startLocalPool({ hostedUi: 'classic', ownIssuerOrigin: true });
  expect(notRight(await examineSite(classic))).toEqual([]);
  await classic.close();
});

test('the doctor sends no request to the site, and uses no code or token', async () => {
  const urls: { url: string; init: RequestInit | undefined }[] = [];
  await examineSite(
    pool,
    {},
    {
      fetch: (url, init) => {
        urls.push({ url, init });
        return fetch(url, init);
      },
    },
  );
  expect(urls.length).toBeGreaterThan(8);
  for (const { url, init } of urls) {
    expect(new URL(url).origin).toBe(pool.origin);
    expect(init).toMatchObject({ redirect: 'manual', credentials: 'omit' });
  }
  const sent = urls.map(({ init }) => String(init?.body ?? ''));
  expect(sent.filter((body) => body.includes('token=')).map((body) => body.slice(0, 12))).toEqual([
    'token=doctor',
    'token=doctor',
  ]);
});

test('the JSON report has the names that --help lists', async () => {
  const findings = await examineSite(pool, { COGNITO_CLIENT_SECRET: 'not-the-one' });
  const { right, wrong, unknown, warnings, findings: all } = jsonReport(findings);
  expect([right + wrong + unknown + warnings, wrong, warnings]).toEqual([CHECKS.length, 1, 0]);
  expect(all.find(({ check }) => check === 'client-secret')).toMatchObject({
    check: 'client-secret',
    outcome: 'wrong',
    problem: expect.any(String),
    value: '11 characters',
    fix: { here: expect.any(String), console: expect.any(String), command: expect.any(String) },
  });
});
