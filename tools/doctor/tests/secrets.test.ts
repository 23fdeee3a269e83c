import { expect, test } from 'vitest';
import { startLocalPool } from '@/lib/local-pool/src/testing';
import { jsonReport, report } from '@/tools/doctor/report';
import { examineSite } from './support';

const MARKS = { ok: '+', wrong: '-', warning: '!', unknown: '?' };
const CLIENT_SECRET = 'Zq4wQy7cKx2sVb9vMd3gJt5hRr8dNn6f';
const SESSION = 'Uk3vTt5xPz7mWw2nHy4jLb6cVv9sGa8e';

test.each([
  ['wrong', { COGNITO_CLIENT_SECRET: CLIENT_SECRET, SESSION_SECRET: SESSION }],
  ['numbered', { SESSION_SECRET: JSON.stringify({ 1: SESSION, 2: CLIENT_SECRET }) }],
  ['broken', { SESSION_SECRET: `{"1":"${SESSION}"` }],
  [
    'in the wrong variables',
    {
      COGNITO_CLIENT_SECRET: CLIENT_SECRET,
      SESSION_SECRET: SESSION,
      COGNITO_CLIENT_ID: CLIENT_SECRET,
      COGNITO_LOGOUT_URI: `https://me:${SESSION}@example.com/`,
      COGNITO_DOMAIN: `${CLIENT_SECRET}!`,
      COGNITO_SCOPES: `openid ${SESSION}`,
    },
  ],
  [
    'cut off in the middle',
    {
      SESSION_SECRET: `${SESSION}${CLIENT_SECRET}`.repeat(2),
      COGNITO_DOMAIN: `a${`${SESSION}${CLIENT_SECRET}`.repeat(2)}!`,
    },
  ],
])('no report contains any part of a secret: %s', async (_, changes) => {
  const pool = await startLocalPool();
  const findings = await examineSite(pool, changes);
  const { COGNITO_CLIENT_SECRET: right = '', SESSION_SECRET: own = '' } = pool.environment();
  await pool.close();
  const said = `${report(findings, MARKS)}\n${JSON.stringify(jsonReport(findings))}`;
  for (const secret of [CLIENT_SECRET, SESSION, right, own]) {
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      expect(said).not.toContain(secret.slice(at, at + 8));
    }
  }
});

test('a server’s response cannot control the terminal', async () => {
  const pool = await startLocalPool();
  const { COGNITO_ISSUER: issuer } = pool.environment();
  const evil = `${issuer}\u001b[2J\u202e`;
  const findings = await examineSite(
    pool,
    {},
    {
      fetch: async (url, init) =>
        url.endsWith('openid-configuration')
          ? new Response(
              JSON.stringify({ issuer: evil, authorization_endpoint: `${pool.origin}/x` }),
            )
          : await fetch(url, init),
    },
  );
  await pool.close();
  const said = report(findings, MARKS);
  expect(said).toContain('Set COGNITO_ISSUER=');
  for (const character of '\u001b\u202e') expect(said).not.toContain(character);
});
