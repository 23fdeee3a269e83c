import { sealData } from 'iron-session';
import { describe, expect, test } from 'vitest';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { type Session, tokenTime } from '@/lib/cognito/session/session';
import { createSessionStore, isSessionCookie } from '@/lib/cognito/session/session-store';
import {
  headerBytes,
  REFERENCE_PEOPLE,
  REFERENCE_TIME,
  referenceTokens,
} from '../support/reference-tokens';
import { browser, config, ENV, mintSession, NEWER_SECRET, NOW, OTHER_SECRET } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);

async function signedIn(change: Parameters<typeof mintSession>[0] = {}, env = {}) {
  const session = await mintSession({ iat: TODAY, ...change });
  const person = browser();
  const jar = person.jar();
  await createSessionStore(config(env), () => TODAY).write(jar, session);
  person.receive(jar);
  return { session, person, jar };
}

const read = (person: ReturnType<typeof browser>, env = {}, now = TODAY) =>
  createSessionStore(config(env), () => now).read(person.jar());

/** The bytes of names and values, as browsers count them. */
const bytes = (person: ReturnType<typeof browser>) =>
  [...person.cookies].map(([name, value]) => name.length + value.length);

describe('a session', () => {
  test('comes back exactly as it went in', async () => {
    const { session, person } = await signedIn();
    expect(await read(person)).toEqual(session);
  });

  test.each(REFERENCE_PEOPLE.map((each) => [each.name, each] as const))(
    'comes back, within its budget, from cookies of at most 4,096 bytes and 7,500 in total: %s',
    async (_, reference) => {
      const now = REFERENCE_TIME;
      const session = { ...referenceTokens(reference), signedInAt: now, receivedAt: now };
      const person = browser();
      const jar = person.jar();
      await createSessionStore(config(), () => now).write(jar, session);
      person.receive(jar);
      expect(await read(person, {}, now)).toEqual(session);
      expect(person.cookies.size).toBeLessThanOrEqual(reference.budget.cookies);
      expect(headerBytes(person.cookies)).toBeLessThanOrEqual(reference.budget.bytes);
      expect(Math.max(...bytes(person))).toBeLessThanOrEqual(4096);
      expect(bytes(person).reduce((sum, size) => sum + size)).toBeLessThanOrEqual(7500);
    },
  );

  test('fits in 7,500 bytes or is refused, whatever its size, and says what is too large', async () => {
    const largest = { fits: 0, refused: '' };
    for (let length = 0; length < 6000; length += 200) {
      const noise = randomToken(length);
      const session = { ...(await mintSession({ iat: TODAY })), refreshToken: noise };
      const person = browser();
      const jar = person.jar();
      try {
        await createSessionStore(config(), () => TODAY).write(jar, session);
      } catch (error) {
        if (!(error instanceof CognitoError)) throw error;
        expect([error.code, jar.written]).toEqual(['session_too_large', []]);
        largest.refused = error.detail ?? '';
        continue;
      }
      person.receive(jar);
      largest.fits = bytes(person).reduce((sum, size) => sum + size);
      expect(largest.fits).toBeLessThanOrEqual(7500);
    }
    expect(largest.fits).toBeGreaterThan(7000);
    expect(largest.refused).toMatch(/ID token \d+ bytes, access token \d+, refresh token \d+/);
  });

  test('that shrinks leaves no old chunks behind', async () => {
    const groups = Array.from(
      { length: 100 },
      (_, index) => `${index}-${(index * 7919) % 997}-group`,
    );
    const { person } = await signedIn({ id: { groups }, access: { other: groups.join() } });
    const many = person.cookies.size;
    const small = { ...(await mintSession({ iat: TODAY })), refreshToken: 'short' };
    const jar = person.jar();
    await createSessionStore(config(), () => TODAY).write(jar, small);
    person.receive(jar);
    expect(person.cookies.size).toBeLessThan(many);
    expect(await read(person)).toEqual(small);
  });

  test('replaces whatever was sealed before, even by an older version', async () => {
    const old = await sealData({ tokens: 'x'.repeat(4000) }, { password: ENV.SESSION_SECRET });
    const person = browser(
      new Map([
        ['__Host-session.0', old.slice(0, 4000)],
        ['__Host-session.1', old.slice(4000)],
      ]),
    );
    const jar = person.jar();
    const session = await mintSession({ iat: TODAY });
    await createSessionStore(config(), () => TODAY).write(jar, session);
    person.receive(jar);
    expect([...person.cookies.keys()]).toEqual(['__Host-session']);
    expect(await read(person)).toEqual(session);
  });

  test('whose tokens are malformed is ignored', async () => {
    const odd: Session = {
      idToken: 'not.a',
      accessToken: 'jwt',
      refreshToken: 'an opaque one',
      signedInAt: TODAY,
      receivedAt: TODAY,
    };
    const person = browser();
    const jar = person.jar();
    await createSessionStore(config(), () => TODAY).write(jar, odd);
    person.receive(jar);
    expect(await read(person)).toBeNull();
  });

  test('ends 30 days after sign-in, however often it was refreshed', async () => {
    const { person } = await signedIn();
    expect(await read(person, {}, TODAY + config().sessionLifetime - 1)).not.toBeNull();
    expect(await read(person, {}, TODAY + config().sessionLifetime)).toBeNull();
    const late = { ...(await mintSession({ iat: TODAY })), signedInAt: TODAY - 29 * 86_400 };
    const jar = browser().jar();
    await createSessionStore(config(), () => TODAY).write(jar, late);
    expect(jar.written[0]?.maxAge).toBeLessThanOrEqual(86_400);
  });
});

/** Too much for one cookie. */
const LARGE = { id: { noise: randomToken(600) } };

describe('no session', () => {
  const CHANGES: [string, (cookies: Map<string, string>) => void][] = [
    ['without cookies', (cookies) => cookies.clear()],
    ['from garbage', (cookies) => cookies.set('__Host-session', 'garbage')],
    ['from a truncated chunk', (cookies) => edit(cookies, (text) => text.slice(0, -10))],
    [
      'from a changed piece',
      (cookies) => edit(cookies, (text) => `${text.slice(0, 30)}!${text.slice(31)}`),
    ],
    ['with the first piece missing', (cookies) => cookies.delete('__Host-session.0')],
    ['with the last piece missing', (cookies) => cookies.delete('__Host-session.1')],
  ];
  test.each(CHANGES)('%s', async (_, change) => {
    const { person } = await signedIn(LARGE);
    change(person.cookies);
    expect(await read(person)).toBeNull();
  });

  test('from chunks of two sessions', async () => {
    const [one, two] = [await signedIn(LARGE), await signedIn(LARGE)];
    one.person.cookies.set('__Host-session.1', two.person.cookies.get('__Host-session.1') ?? '');
    expect(await read(one.person)).toBeNull();
  });

  test('sealed with another secret', async () => {
    const { person } = await signedIn({}, { SESSION_SECRET: OTHER_SECRET });
    expect(await read(person)).toBeNull();
  });
});

test('a session cookie and its chunks are recognized by name, and nothing else is', () => {
  const names = ['__Host-session', '__Host-session.0', '__Host-session.3'];
  expect(names.filter((name) => !isSessionCookie(config(), name))).toEqual([]);
  for (const name of ['session', '__Host-sessions', '__Host-signin-x', '__Host-seen']) {
    expect(isSessionCookie(config(), name)).toBe(false);
  }
});

test('a secret can be replaced without signing users out', async () => {
  const [older, newer] = [OTHER_SECRET, NEWER_SECRET];
  const numbered = (secrets: object) => ({ SESSION_SECRET: JSON.stringify(secrets) });
  const { person } = await signedIn({}, numbered({ 1: older }));
  expect(await read(person, numbered({ 2: newer, 1: older }))).not.toBeNull();
  expect(await read(person, numbered({ 2: newer }))).toBeNull();
});

test('cookies are deleted with the attributes that they were set with', async () => {
  const { person, jar } = await signedIn();
  const clearing = person.jar();
  await createSessionStore(config(), () => TODAY).end(clearing, null);
  person.receive(clearing);
  // The remaining cookie records that this browser signed out.
  expect([...person.cookies.keys()]).toEqual(['__Host-signed-out']);
  const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
  for (const cookie of [...jar.written, ...clearing.written]) {
    expect(cookie).toMatchObject(attributes);
    expect(cookie.name).toMatch(/^__Host-(session|signed-out)/);
  }
});

describe('a wrong clock', () => {
  test('is corrected by its difference when the tokens arrived, by at most five minutes', async () => {
    const session = await mintSession();
    const at = (receivedAt: number) => tokenTime({ ...session, receivedAt }, NOW + 1000) - NOW;
    expect(at(NOW)).toBe(1000);
    expect(at(NOW + 5)).toBe(1000);
    expect(at(NOW + 240)).toBe(760);
    expect(at(NOW - 240)).toBe(1240);
    expect(at(NOW + 9999)).toBe(700);
    expect(at(NOW - 9999)).toBe(1300);
  });
});

function edit(cookies: Map<string, string>, change: (text: string) => string): void {
  const name = '__Host-session.1';
  cookies.set(name, change(cookies.get(name) ?? ''));
}
