import * as fc from 'fast-check';
import { sealData } from 'iron-session';
import { NextRequest } from 'next/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import type { Attempt } from '@/lib/cognito/protocol/sign-in';
import { createAttemptStore } from '@/lib/cognito/session/attempts';
import { openJar } from '@/lib/cognito/session/cookies';
import type { Session } from '@/lib/cognito/session/session';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, ENV, mintSession } from '../../../tests/cognito/support';
import { budget } from './budget';

// iron-session uses the system's clock for the expiry of the seal.
const TODAY = Math.floor(Date.now() / 1000);
const CONFIG = config({ COGNITO_REDIRECT_URI: 'http://localhost/login', SESSION_IDLE: '12h' });
/** The name of the cookie with a browser's key. */
let keyName = 'signin-';

let sessions: [Session, Session];
/** The chunks of the two sessions, two each. */
let pieces: [string, string, string, string];
let attempt: Attempt;
let key: string;
/** Values that are sealed with our secret or with another one, but are not sessions. */
let others: string[];
beforeAll(async () => {
  const large = () => mintSession({ iat: TODAY, id: { noise: randomToken(600) } });
  sessions = [await large(), await large()];
  const written = await Promise.all(sessions.map(seal));
  const [[a = '', b = ''] = [], [c = '', d = ''] = []] = written;
  pieces = [a, b, c, d];
  const jar = browser().jar();
  attempt = await createAttemptStore(CONFIG, () => TODAY).start(jar, { returnTo: '/profile' });
  [{ name: keyName, value: key } = { name: '', value: '' }] = jar.written;
  const times = { s: TODAY, r: TODAY };
  const shapes = [
    { t: ['a', 'b', 'c', ''], ...times },
    { t: 1, ...times },
    ['s', 'n', 'v', '/', TODAY],
    {},
  ];
  const password = ENV.SESSION_SECRET;
  others = await Promise.all([
    ...shapes.map((shape) => sealData(shape, { password })),
    sealData({ t: [pieces[0], pieces[1], 'c', ''], ...times }, { password }),
    sealData(sessions[0], { password: 'x'.repeat(40) }),
  ]);
});

async function seal(session: Session): Promise<string[]> {
  const jar = browser().jar();
  await createSessionStore(CONFIG, () => TODAY).write(jar, session);
  expect(jar.written.map(({ name }) => name)).toEqual(['session.0', 'session.1']);
  return jar.written.map(({ value }) => value);
}

const read = (cookies: Iterable<[string, string]>) =>
  createSessionStore(CONFIG, () => TODAY).read(browser(new Map(cookies)).jar());

const NAMES = ['session', 'session.0', 'session.1', 'session.2', 'signed-out', 'seen'];
const names = () =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...NAMES, keyName, '__Host-session', 'session.-1', 'signin-'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
const values = () =>
  fc.oneof(
    fc.constantFrom(...pieces, ...others, key, attempt.state, `${pieces[0]}${pieces[1]}`),
    fc.constantFrom('', '0', '99999999999', '-1', 'Fe26.2*1*a*b*c*1*d*e~2', '*******', '~', '%'),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

describe('whatever cookies a request has', () => {
  test('no session is read except one that was sealed here, and nothing throws', async () => {
    const cookies = fc.array(fc.tuple(names(), values()), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cookies, async (all) => {
        const session = await read(all);
        if (session) expect(sessions).toContainEqual(session);
        const { jar } = browser(new Map(all));
        const recalled = await createAttemptStore(CONFIG, () => TODAY).recall(jar(), attempt.state);
        const own = new Map(all).get(keyName) === key;
        expect(recalled).toMatchObject(own ? { own, attempt } : { own: false });
      }),
      budget(400),
    );
  });

  test('nor is any other read from a header that is not a list of cookies', async () => {
    const parts = fc.oneof(
      names(),
      values(),
      fc.constantFrom('=', ';', '; ', ',', '"', '=;', '%zz'),
    );
    const headers = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(headers, fc.string({ unit: 'binary' }), async (header, state) => {
        const cookie = header.replace(/[^\x20-\x7e]/g, '');
        const request = new NextRequest('http://localhost:3000/', { headers: { cookie } });
        const jar = openJar(request.cookies);
        const session = await createSessionStore(CONFIG, () => TODAY).read(jar);
        if (session) expect(sessions).toContainEqual(session);
        expect(await createAttemptStore(CONFIG, () => TODAY).recall(jar, state)).toBeNull();
      }),
      budget(200),
    );
  });
});

/** One change to a text. */
type Edit = (text: string) => string;
const edits: fc.Arbitrary<Edit> = fc
  .record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.string({ maxLength: 3 }) })
  .chain(({ at, to }) => {
    const place = (text: string) => Math.min(Math.floor(at * text.length), text.length - 1);
    return fc.constantFrom<Edit>(
      (text) => text.slice(0, place(text)) + to + text.slice(place(text) + 1),
      (text) => text.slice(0, place(text)) + to + text.slice(place(text)),
      (text) => text.slice(0, place(text)),
      (text) => text.slice(place(text)),
      (text) => text + to,
      (text) => to + text,
      (text) => text.toUpperCase(),
    );
  });

describe('a changed session cookie', () => {
  const untouched = () =>
    new Map(pieces.slice(0, 2).map((piece, index) => [`session.${index}`, piece]));

  test('opens as the same session or not at all, wherever it was changed', async () => {
    expect(await read(untouched())).toEqual(sessions[0]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1), edits, async (index, edit) => {
        const cookies = untouched().set(`session.${index}`, edit(pieces[index] ?? ''));
        expect([null, sessions[0]]).toContainEqual(await read(cookies));
      }),
      budget(200),
    );
  });

  test('does not open if its chunks are swapped, doubled or from two sessions', async () => {
    const order = fc.array(fc.nat({ max: 3 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, async (indexes) => {
        const cookies = indexes.map((from, index): [string, string] => [
          `session.${index}`,
          pieces[from] ?? '',
        ]);
        // A seal marks its own end, so extra chunks after it make no difference.
        const start = indexes.slice(0, 2).join();
        const whole = start === '0,1' ? sessions[0] : start === '2,3' ? sessions[1] : null;
        expect(await read(cookies)).toEqual(whole);
      }),
      budget(150),
    );
  });

  test('and a changed sign-in attempt opens as the same attempt or not at all', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (edit) => {
        const { jar } = browser(new Map([[keyName, key]]));
        const state = edit(attempt.state);
        const recalled = await createAttemptStore(CONFIG, () => TODAY).recall(jar(), state);
        expect([null, { own: true, attempt: { ...attempt, state } }]).toContainEqual(recalled);
        const other = browser(new Map([[keyName, edit(key)]])).jar();
        const foreign = await createAttemptStore(CONFIG, () => TODAY).recall(other, attempt.state);
        if (edit(key) !== key) expect(foreign).toMatchObject({ own: false });
      }),
      budget(200),
    );
  });
});
