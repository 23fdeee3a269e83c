/**
 * Whatever happens, a process that caches sessions, or gets an opened one from another process, gives the same results
 * as one that doesn't.
 */
import * as fc from 'fast-check';
import type { JSONWebKeySet, JWTHeaderParameters } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { emptySessionCache, type SessionCache } from '@/lib/cognito/memory/session-cache';
import type { AppClient } from '@/lib/cognito/protocol/app-client';
import { CognitoError } from '@/lib/cognito/protocol/errors';
import { randomToken } from '@/lib/cognito/protocol/pkce';
import type { Jar } from '@/lib/cognito/session/cookies';
import type { Session } from '@/lib/cognito/session/session';
import { createIdleTimeout } from '@/lib/cognito/session/session-end';
import { verifySession } from '@/lib/cognito/session/session-status';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, fakePool, mintSession, publicKeys } from '../../../tests/cognito/support';
import { budget } from './budget';

// iron-session uses the system's clock for the expiry of the seal.
const TODAY = Math.floor(Date.now() / 1000);
const ENV = {
  COGNITO_REDIRECT_URI: 'http://localhost/login',
  SESSION_IDLE: '2h',
  SESSION_LIFETIME: '1d',
};
const NAMES = ['session', 'session.0', 'session.1', 'session.2', 'session.3', 'signed-out', 'seen'];
const KIDS = [['key-of-id', 'key-of-access'], ['key-of-id', 'key-of-access', 'new'], ['new']];

let client: AppClient;
/** The cookies of three users' browsers, and values that can replace a cookie's value. */
let people: Map<string, string>[];
let values: string[];
let keySets: JSONWebKeySet[];

beforeAll(async () => {
  ({ client } = await fakePool(ENV));
  keySets = await Promise.all(KIDS.map((kids) => publicKeys(kids)));
  const small = await mintSession({ iat: TODAY, id: { exp: TODAY + 5000, nbf: TODAY } });
  const late = { ...small, signedInAt: TODAY - 80_000, receivedAt: TODAY + 200 };
  const large = await mintSession({ iat: TODAY, id: { noise: randomToken(600) } });
  people = await Promise.all([small, late, large].map(cookiesOf));
  const pieces = people.flatMap((cookies) => [...cookies.values()]);
  values = ['', 'garbage', '0', String(TODAY + 50), '99999999999', ...pieces];
});

async function cookiesOf(session: Session): Promise<Map<string, string>> {
  const person = browser();
  const jar = person.jar();
  await createSessionStore(client.config, () => TODAY).write(jar, session);
  await createIdleTimeout(client.config, () => TODAY + 3000).note(jar, session);
  person.receive(jar);
  return person.cookies;
}

/** What can happen between two requests; the numbers are indexes into the lists above. */
const times = [0, 1, 299, 301, 3599, 3600, 3800, 4900, 5000, 6400, 7200, 9000, 10_200, 86_400];
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ person: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constantFrom(...NAMES), value: fc.nat(12) }) },
  { weight: 4, arbitrary: fc.record({ at: fc.constantFrom(...times, -1, -299, -301, -9000) }) },
  { weight: 1, arbitrary: fc.record({ keys: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant({ forget: true as const }) },
);

/** A process with its own clock and the pool's current keys. */
function makeProcess(memory: SessionCache | undefined) {
  const current = { at: TODAY, keys: keySets[0] };
  const verdicts: AppClient['verdicts'] = new WeakMap();
  const keys = {
    ...client.keys,
    current: () => current.keys,
    async find({ kid }: JWTHeaderParameters) {
      const key = current.keys?.keys.find((each) => each.kid === kid);
      if (key) return key;
      throw new CognitoError('token_invalid', 'kid');
    },
  };
  const ours = () => ({
    ...client,
    keys,
    now: () => current.at,
    verdicts: memory ? verdicts : new WeakMap(),
  });
  const store = () => createSessionStore(client.config, () => current.at, memory);
  async function answer(jar: Jar, handed = '') {
    const session = await store().read(jar, handed);
    const judged = session && (await verifySession(ours(), session));
    if (judged?.state !== 'unavailable') return { session, judged };
    const { code, detail } = judged.error;
    return { session, judged: { state: judged.state, code, detail } };
  }
  /** What this process would hand over with these cookies. */
  const give = (jar: Jar, session: Session) => store().handOver.give(jar, { ...session });
  return { current, answer, give };
}

test('it reads the same sessions with the same status, whatever happens in any order', async () => {
  const seen = { again: 0, live: 0, refused: 0, handed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 20 }), async (all) => {
      const memory = emptySessionCache();
      const known = new Set<Session>();
      const [remembers, forgets] = [makeProcess(memory), makeProcess(undefined)];
      /** What was handed over until now, for these cookies or others, now or earlier. */
      const texts: string[] = [];
      let cookies = new Map(people[0]);
      for (const step of all) {
        const jar = browser(cookies).jar();
        if ('person' in step) cookies = new Map(people[step.person]);
        if ('name' in step) cookies.set(step.name, values[step.value % values.length] ?? '');
        for (const { current } of [remembers, forgets]) {
          if ('at' in step) current.at = TODAY + step.at;
          if ('keys' in step) current.keys = keySets[step.keys];
        }
        if ('forget' in step) {
          const store = createSessionStore(client.config, () => remembers.current.at, memory);
          const session = await store.read(jar);
          if (session) store.forget(session);
        }
        const [one, other] = [
          await remembers.answer(browser(cookies).jar()),
          await forgets.answer(browser(cookies).jar()),
        ];
        expect(one).toEqual(other);
        if (one.session) texts.unshift(await remembers.give(browser(cookies).jar(), one.session));
        for (const text of texts.slice(0, 4)) {
          expect(await forgets.answer(browser(cookies).jar(), text)).toEqual(other);
          seen.handed += 1;
        }
        if (!one.session) continue;
        if (known.has(one.session)) seen.again += 1;
        known.add(one.session);
        if (one.judged?.state === 'signed-in') seen.live += 1;
        else seen.refused += 1;
      }
    }),
    budget(25),
  );
  // The test is only meaningful if many sessions were cached, many were valid, and many were not.
  expect(Math.min(seen.again, seen.live, seen.refused, seen.handed)).toBeGreaterThan(25);
});
