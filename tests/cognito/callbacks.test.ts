import { describe, expect, test } from 'vitest';
import { createCallbacks } from '@/lib/cognito/session/callbacks';
import {
  accessClaims,
  failure,
  fakePool,
  idClaims,
  mintTokens,
  NOW,
  publicKeys,
  sign,
  tokenAnswer,
} from './support';

const ATTEMPT = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'v',
  returnTo: '/',
  startedAt: NOW,
};
const CALLBACK = { code: 'the-code', state: 'the-state' };

async function setUp() {
  const pool = await fakePool();
  const tokens = await mintTokens();
  pool.answer = () => tokenAnswer(tokens);
  const callbacks = createCallbacks(pool.client);
  return { pool, tokens, callbacks, finish: () => callbacks.finish(ATTEMPT, CALLBACK) };
}

describe('a callback', () => {
  test('that arrives twice at once is exchanged once, with one result', async () => {
    const { pool, tokens, finish } = await setUp();
    const [one, two] = await Promise.all([finish(), finish()]);
    expect(one).toEqual({ ...tokens, signedInAt: NOW, receivedAt: NOW });
    expect(two).toBe(one);
    expect(pool.calls('/oauth2/token')).toBe(1);
  });

  test('whose tokens waited for new keys starts a session when the tokens arrived', async () => {
    const { pool, finish } = await setUp();
    await pool.client.keys.refetch();
    const [kid, jwks] = ['new-key', await publicKeys(['new-key'])];
    const idToken = await sign(idClaims(), { kid });
    const accessToken = await sign(accessClaims(), { kid });
    pool.answer = () => tokenAnswer({ idToken, accessToken, refreshToken: 'the refresh token' });
    pool.keys = () => {
      pool.now = NOW + 320;
      return Response.json(jwks);
    };
    expect(await finish()).toMatchObject({ idToken, signedInAt: NOW, receivedAt: NOW });
  });

  test('that arrives again later is refused without calling the pool', async () => {
    const { pool, finish } = await setUp();
    await finish();
    expect(await failure(finish())).toBe('attempt_replayed');
    expect(pool.calls('/oauth2/token')).toBe(1);
  });

  test('that was refused stays refused', async () => {
    const { pool, finish } = await setUp();
    pool.answer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    expect(await failure(finish())).toBe('invalid_grant');
    expect(await failure(finish())).toBe('attempt_replayed');
  });

  test('that failed in an outage may be tried again', async () => {
    const { pool, finish } = await setUp();
    const { answer } = pool;
    pool.answer = () => new Response(null, { status: 503 });
    expect(await failure(finish())).toMatch(/^unavailable/);
    pool.answer = answer;
    expect((await finish()).signedInAt).toBe(NOW);
  });
});

test('a callback whose tokens cannot be verified yet works on reload, with the same code', async () => {
  const { pool, tokens, finish } = await setUp();
  const { keys } = pool;
  pool.keys = () => new Response(null, { status: 503 });
  expect(await failure(finish())).toMatch(/^keys_unavailable/);
  pool.keys = keys;
  expect(await finish()).toMatchObject(tokens);
  expect(pool.calls('/oauth2/token')).toBe(1);
});

test('an outage of the key endpoint does not stop sign-ins if the keys are in memory', async () => {
  const { pool, callbacks, finish } = await setUp();
  await finish();
  pool.keys = () => new Response(null, { status: 503 });
  const nextTokens = await mintTokens({ id: { nonce: 'the-next-nonce' } });
  pool.answer = () => tokenAnswer(nextTokens);
  const next = { ...ATTEMPT, state: 'the-next-state', nonce: 'the-next-nonce' };
  const session = await callbacks.finish(next, { code: 'the-next-code', state: next.state });
  expect(session.signedInAt).toBe(NOW);
});

test('a callback whose code was used is not exchanged again, even if its tokens were refused', async () => {
  const { pool, finish } = await setUp();
  const header = { kid: 'not-published-yet' };
  const idToken = await sign(idClaims(pool.now), header);
  const accessToken = await sign(accessClaims(pool.now), header);
  pool.answer = () => tokenAnswer({ idToken, accessToken, refreshToken: 'r' });
  expect(await failure(finish())).toMatch(/^(keys_unavailable|token_invalid)/);
  expect(await failure(finish())).toBe('attempt_replayed');
  expect(pool.calls('/oauth2/token')).toBe(1);
});

test('ten thousand used callbacks are remembered: the oldest is forgotten, the newest is not', async () => {
  const { callbacks } = await setUp();
  const finish = (turn: number) =>
    failure(
      callbacks.finish({ ...ATTEMPT, nonce: `nonce ${turn}` }, { code: 'c', state: 'another' }),
    );
  for (let turn = 0; turn <= 10_000; turn++) {
    await finish(turn);
  }
  expect(await finish(10_000)).toBe('attempt_replayed');
  expect(await finish(1)).toBe('attempt_replayed');
  expect(await finish(0)).toBe('attempt_unknown: state');
});
