import { decodeJwt } from 'jose';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Session } from '@/lib/cognito/session/session';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import {
  accessClaims,
  browser,
  config,
  ENV,
  idClaims,
  mintSession,
  mintTokens,
  NOW,
} from '../cognito/support';

vi.mock('server-only', () => ({}));
const { evidenceOf } = await import('@/app/flow/evidence-of');

const NONCE = 'k3Jx0Pq9Zt7yWc5vB1nM8dLr2uHs6fGa4eXo-iTjKl_';
const site = config();
let session: Session;

beforeAll(async () => {
  session = await mintSession({ id: { nonce: NONCE, name: 'Alice Archer' } });
});

/** What a visitor with this session sees a minute later. */
async function evidence(changed: Partial<Session> = {}, claims: { id?: object } = {}) {
  const shown = { ...session, ...changed };
  const { jar, receive, cookies } = browser();
  const written = jar();
  await createSessionStore(site, () => NOW).write(written, shown);
  receive(written);
  return await evidenceOf({
    config: site,
    session: shown,
    claims: {
      id: { ...ID, ...decodeJwt(shown.idToken), ...claims.id },
      access: { ...ACCESS, ...decodeJwt(shown.accessToken) },
    },
    milliseconds: { id: 0.4, access: 0.3 },
    cookies: [...cookies, ['other', 'x'.repeat(500)] as const].map(([name, value]) => ({
      name,
      value,
    })),
    request: { method: 'GET', destination: 'document', kind: 'document' },
    now: NOW + 60,
  });
}

const COMMON = { iss: site.issuer, sub: String(idClaims().sub), exp: NOW + 3600, iat: NOW };
const ID = { ...COMMON, aud: site.clientId, token_use: 'id' as const };
const ACCESS = { ...COMMON, client_id: site.clientId, token_use: 'access' as const };

test('no token or secret can be read from what is shown', async () => {
  const text = JSON.stringify(await evidence());
  const { at_hash: atHash } = decodeJwt(session.idToken);
  const tokens = [session.idToken, session.accessToken, session.refreshToken];
  const secrets = [...tokens, ...tokens.map((token) => token.split('.').at(-1)), NONCE, atHash];
  for (const secret of [...secrets, ENV.COGNITO_CLIENT_SECRET, ENV.SESSION_SECRET]) {
    expect(secret).toEqual(expect.any(String));
    expect(text).not.toContain(secret);
  }
});

test('the authorize URL has all parameters, with secrets replaced by lengths and hashes', async () => {
  const { authorize } = await evidence();
  expect(authorize.endpoint).toBe(`${site.domain}/oauth2/authorize`);
  const shown = Object.fromEntries(
    authorize.parameters.map(({ name, shown: text }) => [name, text]),
  );
  expect(shown).toEqual({
    response_type: 'code',
    client_id: site.clientId,
    redirect_uri: site.redirectUri,
    scope: site.scopes,
    state: 'several hundred characters, already used',
    nonce: expect.stringMatching(/^43 characters, sha-256 [0-9a-f]{6}…$/),
    code_challenge: '43 characters, already used',
    code_challenge_method: 'S256',
  });
  expect(authorize.parameters.filter(({ note }) => note === '')).toEqual([]);
});

test('each token is shown with header, claims and expiry, and each known claim with a note', async () => {
  const { tokens } = await evidence();
  const [id, access, refresh] = tokens;
  expect(id.header).toEqual({ kid: 'key-of-id', alg: 'RS256' });
  expect(access.header).toEqual({ kid: 'key-of-access', alg: 'RS256' });
  expect(refresh.header).toEqual({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' });
  expect(refresh.claims).toBeUndefined();
  expect(id.claims?.map(({ claim }) => claim).toSorted()).toEqual(
    Object.keys({ at_hash: 1, name: 1, ...idClaims() }).toSorted(),
  );
  expect(access.claims?.map(({ claim }) => claim).toSorted()).toEqual(
    Object.keys(accessClaims()).toSorted(),
  );
  for (const { claim, note } of [...(id.claims ?? []), ...(access.claims ?? [])]) {
    expect(note, claim).toBeDefined();
  }
  expect([id.issuedAt, id.expiresAt]).toEqual([NOW, NOW + 3600]);
  expect(refresh.expiresAt).toBe(NOW + site.sessionLifetime);
});

test('a custom claim comes last, without a note', async () => {
  const { tokens } = await evidence({}, { id: { 'custom:plan': 'gold' } });
  expect(tokens[0].claims?.at(-1)).toEqual({ claim: 'custom:plan', value: 'gold' });
});

test('each check shows what was compared, and only the checks of this request have a duration', async () => {
  const { checks } = await evidence();
  const names = (token: string) => checks.filter((c) => c.token === token).map(({ name }) => name);
  expect(names('id')).toEqual(['signature', 'iss', 'aud', 'token_use', 'exp', 'iat', 'nonce']);
  expect(names('access')).toEqual(['signature', 'iss', 'client_id', 'token_use', 'exp', 'iat']);
  expect(names('both')).toEqual(['sub', 'at_hash']);
  for (const name of ['iss', 'aud', 'client_id', 'token_use', 'sub']) {
    for (const check of checks.filter((one) => one.name === name)) {
      expect(check.found).toBe(check.expected);
    }
  }
  expect(checks.flatMap(({ milliseconds }) => milliseconds ?? [])).toEqual([0.4, 0.3]);
  expect(checks.find(({ name }) => name === 'nonce')?.when).toBe('sign-in');
});

test('the cookie is measured as browsers do, and its parts add up to the total', async () => {
  const { cookie } = await evidence();
  expect(cookie.pieces.map(({ name }) => name)).toEqual(['__Host-session']);
  expect(cookie.total).toBe('__Host-session'.length + cookie.sealed);
  expect(cookie.packed.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(cookie.plain);
  expect(cookie.packed.every(({ bytes }) => bytes > 0)).toBe(true);
  expect(cookie.plain).toBeLessThan(cookie.received.total);
  expect(cookie.total).toBeLessThan(cookie.limits.piece);
});

test('a session in several cookies is measured cookie by cookie', async () => {
  const groups = Array.from({ length: 25 }, (_, i) => `group-${crypto.randomUUID()}-${i}`);
  const tokens = await mintTokens({ id: { 'cognito:groups': groups } });
  const { cookie } = await evidence(tokens);
  expect(cookie.pieces.length).toBeGreaterThan(1);
  expect(Math.max(...cookie.pieces.map(({ bytes }) => bytes))).toBeLessThanOrEqual(4096);
  expect(cookie.total).toBeLessThanOrEqual(cookie.limits.all);
});

test('a refreshed session is shown as such, with the checks of a refresh', async () => {
  const first = await evidence();
  expect(first.refreshed).toBe(false);
  const tokens = await mintTokens({ iat: NOW + 30, id: { nonce: undefined } });
  const { checks, refreshed, authorize, signedInAt, receivedAt } = await evidence({
    ...tokens,
    receivedAt: NOW + 30,
  });
  expect(refreshed).toBe(true);
  expect([signedInAt, receivedAt]).toEqual([NOW, NOW + 30]);
  expect(checks.filter(({ when }) => when === 'refresh').map(({ name }) => name)).toEqual([
    'nonce',
    'same user',
  ]);
  expect(authorize.parameters.find(({ name }) => name === 'nonce')?.shown).toBe(
    '43 characters, already used',
  );
});

test('the next refresh is due a minute before expiry, or a tenth of a shorter lifetime', async () => {
  expect((await evidence()).refreshDueAt).toBe(NOW + 3540);
  const short = await mintTokens({ access: { exp: NOW + 100 } });
  expect((await evidence(short)).refreshDueAt).toBe(NOW + 90);
});

test('clock skew changes the times shown for the tokens, not their claims', async () => {
  const { tokens, refreshDueAt } = await evidence({ receivedAt: NOW + 120, signedInAt: NOW + 120 });
  expect(tokens[0].expiresAt).toBe(NOW + 3720);
  expect(refreshDueAt).toBe(NOW + 3660);
  const exp = tokens[0].claims?.find(({ claim }) => claim === 'exp');
  expect(exp?.value).toContain(String(NOW + 3600));
});

test('a user who signed in with an identity provider sees its name', async () => {
  expect((await evidence()).identityProvider).toBeUndefined();
  const identities = [
    { providerName: 'Other', primary: 'false' },
    { providerName: 'Google', primary: 'true' },
  ];
  expect((await evidence({}, { id: { identities } })).identityProvider).toBe('Google');
});
