import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Evidence } from '@/app/flow/evidence-of';
import { parseConfig } from '@/lib/cognito/config/parse-config';
import { createAppClient } from '@/lib/cognito/protocol/app-client';
import { verifyTokens } from '@/lib/cognito/protocol/verify';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser } from '../cognito/support';
import { startLocalPool } from '../support/local-pool';

vi.mock('server-only', () => ({}));
const { evidenceOf } = await import('@/app/flow/evidence-of');
const { exampleEvidence } = await import('@/app/flow/example');

const site = 'https://example.com';
const userPoolId = 'us-west-2_AbCdEfGhI';
const pool = await startLocalPool({ site, userPoolId, region: 'us-west-2' });
afterAll(() => pool.close());

let example: Evidence;
let real: Evidence;

beforeAll(async () => {
  example = await exampleEvidence();
  real = await signedIn();
});

/** The evidence of a sign-in by alice at the local pool, made just now. */
async function signedIn(): Promise<Evidence> {
  const parsed = parseConfig(pool.environment());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { config } = parsed;
  const { cookies, jar } = browser();
  const store = (_: string, lines: readonly string[]) => {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  };
  await pool.signInAs({ cookie: () => '', store }, 'alice', { directly: true });
  const client = createAppClient(config);
  const session = await createSessionStore(config, () => client.now()).read(jar());
  if (!session) throw new Error('Alice is not signed in.');
  return await evidenceOf({
    config,
    session,
    claims: await verifyTokens(client, session, client.now()),
    milliseconds: { id: 0.4, access: 0.3 },
    cookies: [...cookies].map(([name, value]) => ({ name, value })),
    request: { method: 'GET', destination: 'document', kind: 'document' },
    now: client.now(),
  });
}

test('the example is marked as an example', () => {
  expect(example.example).toBe(true);
  expect(real.example).toBe(false);
});

test.each([0, 1, 2] as const)('token %i has the headers and claims of a real token', (which) => {
  const [shown, from] = [example.tokens[which], real.tokens[which]];
  expect(Object.keys(shown.header ?? {})).toEqual(Object.keys(from.header ?? {}));
  expect(shown.header?.kid?.length).toBe(from.header?.kid?.length);
  expect(shown.claims?.map(({ claim }) => claim)).toEqual(from.claims?.map(({ claim }) => claim));
  expect(shown.expiresAt - shown.issuedAt).toBe(from.expiresAt - from.issuedAt);
  expect(apart(shown.characters, from.characters)).toBeLessThan(0.05);
});

test('the claims about alice have the values from the seed users', () => {
  const own = ['sub', 'cognito:username', 'name', 'email', 'phone_number', 'cognito:groups'];
  const values = ({ tokens: [id] }: Evidence) =>
    id.claims?.filter(({ claim }) => own.includes(claim)).map(({ value }) => value);
  expect(values(example)).toHaveLength(own.length);
  expect(values(example)).toEqual(values(real));
});

test('it has the same checks as a real sign-in', () => {
  const names = ({ checks }: Evidence) =>
    checks.map(({ name, token, when }) => `${name} of ${token} at ${when}`);
  expect(names(example)).toEqual(names(real));
});

test('its authorize URL has the same parameters as a real one', () => {
  const names = ({ authorize }: Evidence) => authorize.parameters.map(({ name }) => name);
  expect(names(example)).toEqual(names(real));
});

test('its cookie is as large as a real one, part by part', () => {
  expect(example.cookie.pieces.map(({ name }) => name)).toEqual(
    real.cookie.pieces.map(({ name }) => name),
  );
  expect(apart(example.cookie.total, real.cookie.total)).toBeLessThan(0.05);
  const parts = ({ cookie }: Evidence) => cookie.packed.map(({ part }) => part);
  expect(parts(example)).toEqual(parts(real));
});

/** The difference as a share of the second value. */
function apart(one: number, other: number): number {
  return Math.abs(one - other) / other;
}
