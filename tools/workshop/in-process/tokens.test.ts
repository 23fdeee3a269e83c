/** The relying party's table: every token that nobody may believe, at a sign-in and as a bearer. */
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
  // The keys of the pool are known from here on, and one search for an unknown one is used up.
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

/** Starts a sign-in and answers it with these tokens, made for its nonce. */
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

/** Refused, and for good or until the keys can be asked for again; nobody is signed in. */
function expectRefused({ answer, visitor }: { answer: Answer; visitor: Visitor }): void {
  expect([400, 503]).toContain(answer.status);
  expect(visitor.cookieNames('session')).toEqual([]);
}

test('the same tokens, unforged, are believed', async () => {
  const { answer, visitor } = await signInWith((nonce) => {
    const access = honest('access');
    return { access, id: honest('id', { nonce, at_hash: hashOf(access) }) };
  });
  expect(answer.status).toBe(303);
  expect((await visitor.open('/profile')).body).toContain('alice@example.com');
});

describe.each(NAMES)('a token with %s', (_, forgery) => {
  test('as the ID token signs nobody in', async () => {
    expectRefused(
      await signInWith(async (nonce) => {
        const access = honest('access');
        const claims = { ...claimsOf('id'), nonce, at_hash: hashOf(access) };
        return { access, id: await forgery.make('id', claims) };
      }),
    );
  });

  test('as the access token signs nobody in', async () => {
    expectRefused(
      await signInWith(async (nonce) => {
        const access = await forgery.make('access', claimsOf('access'));
        return { access, id: honest('id', { nonce, at_hash: hashOf(access) }) };
      }),
    );
  });

  test('as a bearer opens nothing, not even beside a good session', async () => {
    const token = await forgery.make('access', claimsOf('access'));
    for (const visitor of [undefined, alice]) {
      const answer = await asBearer(token, visitor);
      // 503 is "cannot be told now": its key is not known, and was looked for a moment ago.
      expect([401, 503]).toContain(answer.status);
      expect(answer.body).not.toContain('alice');
    }
  });
});

describe('an ID token', () => {
  test('opens nothing as a bearer', async () => {
    expect((await asBearer(honest('id'))).status).toBe(401);
  });

  test.each<[string, (nonce: string) => object]>([
    ['without a nonce', () => ({ nonce: undefined })],
    ['with the nonce of another attempt', () => ({ nonce: 'another' })],
    ['with a list of nonces', (nonce) => ({ nonce: [nonce] })],
    ['with the hash of another access token', () => ({ at_hash: hashOf('another') })],
    ['with a hash that is a number', () => ({ at_hash: 7 })],
    ['with an empty hash', () => ({ at_hash: '' })],
    ['about somebody else', () => ({ sub: 'somebody-else' })],
  ])('%s signs nobody in', async (_, change) => {
    expectRefused(
      await signInWith((nonce) => {
        const access = honest('access');
        return { access, id: honest('id', { nonce, at_hash: hashOf(access), ...change(nonce) }) };
      }),
    );
  });

  test('in the place of the access token, and the other way round, signs nobody in', async () => {
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
    // Honest, but for no cookie: noise compresses badly, and these do not.
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

test('a bearer of a megabyte costs its sender the connection, and nobody else', async () => {
  const answer = await asBearer('x'.repeat(1_000_000)).catch(() => undefined);
  expect([431, undefined]).toContain(answer?.status);
  expect((await alice.open('/profile')).status).toBe(200);
});

describe('a refresh that brings', () => {
  const sub = () => String(claimsOf('id').sub);
  test.each<[string, (sub: string) => { id?: object; access?: object }]>([
    ['tokens of another person', () => ({ id: { sub: 'x' }, access: { sub: 'x' } })],
    ['an ID token for another app client', () => ({ id: { aud: 'another' } })],
    ['an access token for another app client', () => ({ access: { client_id: 'another' } })],
    ['an ID token of another pool', () => ({ id: { iss: `${issuer}x` } })],
    ['another nonce', () => ({ id: { nonce: 'another' } })],
    ['tokens that are over', () => ({ id: { exp: now - 1 }, access: { exp: now - 1 } })],
  ])('%s changes nothing, and signs nobody out', async (_, change) => {
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

test('no address that a token names was asked for a key', () => {
  expect(elsewhere.visits()).toEqual([]);
});

/** The same characters in an order that no compression finds, the same each time. */
function shuffled(text: string): string {
  const out: string[] = [];
  for (let i = 0, seed = 1; i < text.length; i++) {
    seed = (seed * 48271) % 2147483647;
    out.push(text[seed % text.length] ?? '');
  }
  return out.join('');
}
