/** The opened session that the middleware hands to the page of the same request. */
import { describe, expect, test } from 'vitest';
import { emptySessionCache } from '@/lib/cognito/memory/session-cache';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import { createSignOutMarker } from '@/lib/cognito/session/session-end';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, mintSession, NEWER_SECRET, OTHER_SECRET } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);
const store = (env = {}, now = TODAY, cache = emptySessionCache()) =>
  createSessionStore(config(env), () => now, cache);

/** A browser with a session, and what the middleware hands over with its cookies. */
async function handed(change: Parameters<typeof mintSession>[0] = {}) {
  const session = await mintSession({ iat: TODAY, ...change });
  const person = browser();
  const jar = person.jar();
  await store().write(jar, session);
  person.receive(jar);
  const middleware = store();
  const opened = await middleware.read(person.jar());
  if (!opened) throw new Error('The middleware could not open the session.');
  const text = await middleware.handOver.give(person.jar(), opened);
  return { session, person, middleware, opened, text };
}

describe('a page', () => {
  test('gets the session that the middleware has opened, without opening the seal', async () => {
    const { session, middleware } = await handed();
    // Only what was handed over can say what is in this seal.
    const person = browser(new Map([['__Host-session', 'not a seal']]));
    const text = await middleware.handOver.give(person.jar(), { ...session });
    expect(await store().read(person.jar(), text)).toEqual(session);
    expect(await store().read(person.jar())).toBeNull();
  });

  test('shares the session between requests, so none can change it for the next', async () => {
    const { person, text } = await handed();
    const memory = emptySessionCache();
    const first = await store({}, TODAY, memory).read(person.jar(), text);
    expect(Object.isFrozen(first)).toBe(true);
    expect(await store({}, TODAY, memory).read(person.jar())).toBe(first);
  });

  test('still asks for the lifetime, the sign-out and the idle time', async () => {
    const { person, text, session } = await handed();
    expect(await store({ SESSION_LIFETIME: '5m' }).read(person.jar(), text)).toEqual(session);
    const late = TODAY + 5;
    const old = { ...session, signedInAt: TODAY - 600, receivedAt: TODAY - 600 };
    const older = await store({}, late).handOver.give(person.jar(), old);
    expect(await store({}, late).read(person.jar(), older)).toEqual(old);
    const short = { SESSION_LIFETIME: '5m' };
    const shortLived = await store(short, late).handOver.give(person.jar(), { ...old });
    expect(await store(short, late).read(person.jar(), shortLived)).toBeNull();
    const idle = { SESSION_IDLE: '5m' };
    const unused = await store(idle, late).handOver.give(person.jar(), { ...old });
    expect(await store(idle, late).read(person.jar(), unused)).toBeNull();
    const jar = person.jar();
    createSignOutMarker(config(), () => late).signOut(jar, TODAY);
    person.receive(jar);
    expect(await store({}, late).read(person.jar(), text)).toBeNull();
  });

  test('takes nothing without a session cookie', async () => {
    const { session } = await handed();
    const nobody = browser();
    const text = await store().handOver.give(nobody.jar(), session);
    expect(await store().read(nobody.jar(), text)).toBeNull();
  });
});

describe('the middleware', () => {
  test('hands over a session once, because later pages have probably seen it', async () => {
    const { middleware, opened, person } = await handed();
    expect(await middleware.handOver.give(person.jar(), opened)).toBe('');
    expect(await middleware.handOver.give(person.jar(), { ...opened })).not.toBe('');
  });

  test('hands over 8,000 characters at most', async () => {
    const sizes: number[] = [];
    for (let length = 0; length < 5000; length += 100) {
      const session = await mintSession({ iat: TODAY });
      const large = { ...session, refreshToken: randomToken(length) };
      sizes.push((await store().handOver.give(browser().jar(), large)).length);
    }
    expect(sizes.at(-1)).toBe(0);
    expect(Math.max(...sizes)).toBeGreaterThan(7000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8050);
  });

  test('reveals nothing of the session, and never the same text twice', async () => {
    const { text, session, person, opened } = await handed();
    const again = await store().handOver.give(person.jar(), { ...opened });
    expect(again).not.toBe(text);
    const [, iv, sealed = ''] = text.split('.');
    expect(again.split('.')[1]).not.toBe(iv);
    const bytes = Buffer.from(sealed, 'base64url').toString('latin1');
    for (const part of session.idToken.split('.')) {
      expect(text).not.toContain(part);
      expect(bytes).not.toContain(part);
    }
  });
});

const LARGE = { id: { noise: randomToken(600) } };

describe('what was handed over is not accepted', () => {
  const CHANGES: [string, (cookies: Map<string, string>) => void][] = [
    ['no cookie', (cookies) => cookies.clear()],
    ['a changed character', (cookies) => change(cookies, '__Host-session.0')],
    ['a chunk less', (cookies) => cookies.delete('__Host-session.1')],
    ['a chunk more', (cookies) => cookies.set('__Host-session.2', 'x')],
    ['a whole cookie more', (cookies) => cookies.set('__Host-session', 'x')],
    ['its chunks swapped', swapChunks],
  ];
  test.each(CHANGES)('with %s', async (_, edit) => {
    const { person, text, middleware } = await handed(LARGE);
    expect(await middleware.handOver.take(person.jar(), text)).not.toBeNull();
    edit(person.cookies);
    expect(await middleware.handOver.take(person.jar(), text)).toBeNull();
  });

  test("with another user's cookies", async () => {
    const [alice, bob] = [await handed(), await handed({ id: { sub: 'b' }, access: { sub: 'b' } })];
    expect(await store().handOver.take(bob.person.jar(), alice.text)).toBeNull();
    expect(await store().read(bob.person.jar(), alice.text)).toEqual(bob.session);
  });

  test('with the cookies of the same user before or after a refresh', async () => {
    const { person, text } = await handed();
    const before = browser(new Map(person.cookies));
    const jar = person.jar();
    await store().write(jar, await mintSession({ iat: TODAY + 1 }));
    person.receive(jar);
    expect(await store().handOver.take(person.jar(), text)).toBeNull();
    expect(await store().handOver.take(before.jar(), text)).not.toBeNull();
  });

  test.each([
    ['secret', { SESSION_SECRET: OTHER_SECRET }],
    ['list of secrets', { SESSION_SECRET: JSON.stringify({ 2: NEWER_SECRET, 1: OTHER_SECRET }) }],
    ['user pool', { COGNITO_USER_POOL_ID: 'us-west-2_Another99' }],
    ['app client', { COGNITO_CLIENT_ID: 'anotherappclient1234567890' }],
    ['origin', { COGNITO_REDIRECT_URI: 'https://other.example/login' }],
  ])('by a site with another %s', async (_, env) => {
    const { person, text } = await handed();
    expect(await store(env).handOver.take(person.jar(), text)).toBeNull();
  });

  test('more than ten seconds later, or earlier', async () => {
    const { person, text } = await handed();
    const at = (now: number) => store({}, now).handOver.take(person.jar(), text);
    expect(await at(TODAY + 10)).not.toBeNull();
    expect(await at(TODAY - 10)).not.toBeNull();
    expect(await at(TODAY + 11)).toBeNull();
    expect(await at(TODAY - 11)).toBeNull();
  });

  test('with a later time written on it, or none', async () => {
    const { person, text } = await handed();
    const [, ...rest] = text.split('.');
    for (const time of [TODAY + 20, '', 'NaN', 'Infinity', `${TODAY}.0`, ` ${TODAY}`]) {
      const changed = [time, ...rest].join('.');
      expect(await store({}, TODAY + 20).handOver.take(person.jar(), changed), changed).toBeNull();
      expect(await store().handOver.take(person.jar(), changed), changed).toBeNull();
    }
  });

  test('if any part of it is changed, missing or repeated', async () => {
    const { person, text } = await handed();
    const take = (each: string) => store().handOver.take(person.jar(), each);
    for (let at = 0; at < text.length; at += 97) {
      const other = text[at] === 'A' ? 'B' : 'A';
      expect(await take(`${text.slice(0, at)}${other}${text.slice(at + 1)}`), `${at}`).toBeNull();
    }
    const [time = '', iv = '', sealed = ''] = text.split('.');
    const parts = [[], [time], [time, iv], [time, '', sealed], [time, sealed, iv], [iv, sealed]];
    for (const each of parts) expect(await take(each.join('.'))).toBeNull();
    expect(await take(text.slice(0, -4))).toBeNull();
    expect(await take(`${text}, ${text}`)).toBeNull();
  });

  test('if it is a cookie or garbage; then the page opens the seal itself', async () => {
    const { person, session } = await handed();
    const seal = person.cookies.get('__Host-session') ?? '';
    for (const text of [seal, '', '..', `${TODAY}..`, `${TODAY}.!.!`, 'x'.repeat(9000), null]) {
      expect(await store().handOver.take(person.jar(), text)).toBeNull();
      expect(await store().read(person.jar(), text)).toEqual(session);
    }
  });
});

/** Changes the last character. */
function change(cookies: Map<string, string>, name: string): void {
  const value = cookies.get(name) ?? '';
  cookies.set(name, `${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`);
}

function swapChunks(cookies: Map<string, string>): void {
  const [first, second] = ['__Host-session.0', '__Host-session.1'];
  const before = cookies.get(first) ?? '';
  cookies.set(first, cookies.get(second) ?? '');
  cookies.set(second, before);
}
