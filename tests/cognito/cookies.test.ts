import { sealData } from 'iron-session';
import { expect, test } from 'vitest';
import { pack } from '@/lib/cognito/packing/pack';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { ATTEMPT_LIFETIME, createAttemptStore } from '@/lib/cognito/session/attempts';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, ENV, mintSession, NOW } from './support';

// iron-session checks a seal's expiry by the system clock.
const TODAY = Math.floor(Date.now() / 1000);
const LOCAL = { COGNITO_REDIRECT_URI: 'http://localhost:3000/login' };

/** Too much for one cookie. */
const LARGE = { iat: TODAY, id: { noise: randomToken(600) } };

test.each<[string, Record<string, string>, string, boolean]>([
  ['https', {}, '__Host-', true],
  ['http on loopback', LOCAL, '', false],
])('over %s all cookies have the same attributes', async (_, env, prefix, secure) => {
  const port = secure ? '' : '-3000';
  const jar = browser().jar();
  await createSessionStore(config(env), () => TODAY).write(jar, await mintSession(LARGE));
  await createAttemptStore(config(env), () => NOW).start(jar, { returnTo: '/profile' });
  expect(jar.written.map(({ name }) => name)).toEqual([
    `${prefix}session${port}.0`,
    `${prefix}session${port}.1`,
    expect.stringMatching(`^${prefix}signin${port}-[\\w-]{8}$`),
  ]);
  for (const cookie of jar.written) {
    expect(cookie).toMatchObject({ httpOnly: true, secure, sameSite: 'lax', path: '/' });
  }
});

test('the browser keeps an attempt for an hour, and deletes all cookies of a session', async () => {
  const person = browser();
  const jar = person.jar();
  await createAttemptStore(config(LOCAL), () => NOW).start(jar, { returnTo: '/profile' });
  expect(jar.written[0]?.maxAge).toBe(ATTEMPT_LIFETIME);
  await createSessionStore(config(LOCAL), () => TODAY).write(jar, await mintSession(LARGE));
  person.receive(jar);
  const clearing = person.jar();
  await createSessionStore(config(LOCAL), () => TODAY).end(clearing, null);
  const deleted = clearing.written.filter(({ maxAge, value }) => maxAge === 0 && value === '');
  expect(deleted.map(({ name }) => name)).toEqual([
    'session-3000',
    'session-3000.0',
    'session-3000.1',
  ]);
});

test('a seal with other content is not a session', async () => {
  const session = await mintSession({ iat: TODAY });
  const t = pack(session);
  const shapes = [
    { t, s: TODAY },
    { t, r: TODAY },
    { t, s: String(TODAY), r: TODAY },
    { t, s: TODAY, r: null },
    { s: TODAY, r: TODAY },
    { t: ['a', 'b', 'c'], s: TODAY, r: TODAY },
    { t: ['a', 'b', 'c', ''], s: TODAY },
    { t: ['a', 'b', 'c', ''], s: String(TODAY), r: TODAY },
    ['state', 'nonce', 'verifier', '/', TODAY],
  ];
  for (const shape of shapes) {
    const seal = await sealData(shape, { password: ENV.SESSION_SECRET });
    const person = browser(new Map([['__Host-session', seal]]));
    expect(await createSessionStore(config(), () => TODAY).read(person.jar())).toBeNull();
  }
  // The same with both times is one.
  const seal = await sealData({ t, s: TODAY, r: TODAY }, { password: ENV.SESSION_SECRET });
  const person = browser(new Map([['__Host-session', seal]]));
  expect(await createSessionStore(config(), () => TODAY).read(person.jar())).toEqual(session);
});
