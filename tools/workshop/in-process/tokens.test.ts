/** Every token that a relying party must reject, at a sign-in and as a bearer token. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessClaims, idClaims } from '../../../tests/cognito/support';
import { type Answer, send } from '../../../tests/support/http';
import { type InProcessSite, startInProcess } from '../../../tests/support/in-process';
import { createVisitor, FETCH, type Visitor } from '../../../tests/support/visitor';
import { brokenTokens, type Forgery, wrongTokens } from '../support/forged-tokens';
import { type Listener, listen } from '../support/listener';
import { type Kind, type Mint, openMint } from '../support/mint';

const now = Math.floor(Date.now() / 1000);
const mint: Mint = await openMint();
const elsewhere: Listener = await listen();
const site: InProcessSite = await startInProcess({ pool: { keys: mint.keys } });
const issuer = site.environment.COGNITO_ISSUER ?? '';
const FORGERIES: Forgery[] = [
  ...brokenTokens(mint, `http://${elsewhere.host}`),
  ...wrongTokens(mint, { issuer, now }),
];
const NAMES = FORGERIES.map((forgery) => [forgery.name, forgery] as const);

let alice: Visitor;
beforeAll(async () => {
  alice = createVisitor(site.origin);
  await alice.signIn('alice');
  // From here on the site has the pool's keys, and has used its one fetch for an unknown key.
  expect((await asBearer(honest('access'))).status).toBe(200);
  await asBearer(mint.honest('access', claimsOf('access'), { kid: 'unknown' }));
});
afterAll(() => Promise.all([site.close(), elsewhere.close()]));

function claimsOf(kind: Kind): Record<string, unknown> {
  const clientId = site.environment.COGNITO_CLIENT_ID;
  return kind === 'id'
    ? { ...idClaims(now), iss: issuer, aud: clientId }
    : { ...accessClaims(now), iss: issuer, client_id: clientId };
}

function honest(kind: Kind, change: object = {}): string {
  return mint.honest(kind, { ...claimsOf(kind), ...change });
}

function asBearer(token: string, visitor?: Visitor): Promise<Answer> {
  const headers = { ...FETCH, authorization: `Bearer ${token}` };
  return visitor ? visitor.open('/api/me', headers) : send(`${site.origin}/api/me`, { headers });
}

/** Starts a sign-in and finishes it with these tokens, made for its nonce. */
async function signInWith(
  make: (nonce: string) => { id: string; access: string } | Promise<{ id: string; access: string }>,
): Promise<{ answer: Answer; visitor: Visitor }> {
  const visitor = createVisitor(site.origin);
  const start = await visitor.open('/profile');
  const { searchParams } = new URL(start.headers.get('location') ?? '');
  const { id, access } = await make(searchParams.get('nonce') ?? '');
  const body = { id_token: id, access_token: access, refresh_token: 'r', expires_in: 3600 };
  site.pool.fault('/oauth2/token', { status: 200, body: JSON.stringify(body), times: 1 });
  const answer = await visitor.open(`/login?code=c&state=${searchParams.get('state')}`);
  return { answer, visitor };
}

function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}

/** Checks that the sign-in failed: with 400, or with 503 until the keys may be fetched again. */
function expectRefused({ answer, visitor }: { answer: Answer; visitor: Visitor }): void {
  expect([400, 503]).toContain(answer.status);
  expect(visitor.cookieNames('session')).toEqual([]);
}

test('the same tokens are accepted if they are not forged', async () => {
  const { answer, visitor } = await signInWith((nonce) => {
    const access = honest('access');
    return { access, id: honest('id', { nonce, at_hash: hashOf(access) }) };
  });
  expect(answer.status).toBe(303);
  expect((await visitor.open('/profile')).body).toContain('alice@example.com');
});

describe.each(NAMES)('a token with %s', (_, forgery) => {
  test('as the ID token is rejected', async () => {
    expectRefused(
      await signInWith(async (nonce) => {
        const access = honest('access');
        const claims = { ...claimsOf('id'), nonce, at_hash: hashOf(access) };
        return { access, id: await forgery.make('id', claims) };
      }),
    );
  });

  test('as the access token is rejected', async () => {
    expectRefused(
      await signInWith(async (nonce) => {
        const access = await forgery.make('access', claimsOf('access'));
        return { access, id: honest('id', { nonce, at_hash: hashOf(access) }) };
      }),
    );
  });

  test('as a bearer token is rejected, even in addition to a valid session', async () => {
    const token = await forgery.make('access', claimsOf('access'));
    for (const visitor of [undefined, alice]) {
      const answer = await asBearer(token, visitor);
      // 503 means "can't tell now": the key is unknown, and the keys were fetched a moment ago.
      expect([401, 503]).toContain(answer.status);
      expect(answer.body).not.toContain('alice');
    }
  });
});

describe('an ID token', () => {
  test('is rejected as a bearer token', async () => {
    expect((await asBearer(honest('id'))).status).toBe(401);
  });

  test.each<[string, (nonce: string) => object]>([
    ['without a nonce', () => ({ nonce: undefined })],
    ['with the nonce of another attempt', () => ({ nonce: 'another' })],
    ['with a list of nonces', (nonce) => ({ nonce: [nonce] })],
    ['with the hash of another access token', () => ({ at_hash: hashOf('another') })],
    ['with a hash that is a number', () => ({ at_hash: 7 })],
    ['with an empty hash', () => ({ at_hash: '' })],
    ['about another user', () => ({ sub: 'another-user' })],
  ])('%s is rejected', async (_, change) => {
    expectRefused(
      await signInWith((nonce) => {
        const access = honest('access');
        return { access, id: honest('id', { nonce, at_hash: hashOf(access), ...change(nonce) }) };
      }),
    );
  });

  test('instead of the access token, and the reverse, is rejected', async () => {
    expectRefused(
      await signInWith((nonce) => ({ id: honest('id', { nonce }), access: honest('id') })),
    );
    expectRefused(await signInWith(() => ({ id: honest('access'), access: honest('access') })));
  });

  test('of a megabyte is refused, unsigned and signed', async () => {
    const large = 'x'.repeat(1_000_000);
    expectRefused(await signInWith(() => ({ id: large, access: honest('access') })));
    const signed = await signInWith((nonce) => {
      const access = honest('access');
      return { access, id: honest('id', { nonce, at_hash: hashOf(access), large }) };
    });
    // These tokens are valid and compress well, so they may fit. Noise compresses badly, and fits into no cookie.
    expect([303, 431]).toContain(signed.answer.status);
    const noise = createHash('sha512').update('noise').digest('hex').repeat(10_000);
    const noisy = await signInWith((nonce) => ({
      access: honest('access'),
      id: honest('id', { nonce, noise: shuffled(noise) }),
    }));
    expect(noisy.answer.status).toBe(431);
    expect(noisy.visitor.cookieNames('session')).toEqual([]);
  });
});

test('a bearer token of a megabyte closes only its own connection', async () => {
  const answer = await asBearer('x'.repeat(1_000_000)).catch(() => undefined);
  expect([431, undefined]).toContain(answer?.status);
  expect((await alice.open('/profile')).status).toBe(200);
});

describe('a refresh that returns', () => {
  const sub = () => String(claimsOf('id').sub);
  test.each<[string, (sub: string) => { id?: object; access?: object }]>([
    ['tokens of another user', () => ({ id: { sub: 'x' }, access: { sub: 'x' } })],
    ['an ID token for another app client', () => ({ id: { aud: 'another' } })],
    ['an access token for another app client', () => ({ access: { client_id: 'another' } })],
    ['an ID token of another pool', () => ({ id: { iss: `${issuer}x` } })],
    ['another nonce', () => ({ id: { nonce: 'another' } })],
    ['expired tokens', () => ({ id: { exp: now - 1 }, access: { exp: now - 1 } })],
  ])('%s changes nothing, and does not sign the user out', async (_, change) => {
    const { visitor } = await signInWith((nonce) => ({
      access: honest('access'),
      id: honest('id', { nonce }),
    }));
    const before = (await visitor.open('/api/me', FETCH)).body;
    const { id, access } = change(sub());
    const body = {
      id_token: honest('id', { nonce: undefined, ...id }),
      access_token: honest('access', access),
    };
    site.pool.fault('/oauth2/token', { status: 200, body: JSON.stringify(body), times: 1 });
    await visitor.post('/refresh', {}, { referer: `${site.origin}/profile` });
    expect((await visitor.open('/api/me', FETCH)).body).toBe(before);
  });
});

test('no URL in a token was requested for a key', () => {
  expect(elsewhere.visits()).toEqual([]);
});

/** Puts the characters in an order that doesn't compress, the same each time. */
function shuffled(text: string): string {
  const out: string[] = [];
  for (let i = 0, seed = 1; i < text.length; i++) {
    seed = (seed * 48271) % 2147483647;
    out.push(text[seed % text.length] ?? '');
  }
  return out.join('');
}
