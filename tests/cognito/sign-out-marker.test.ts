import { expect, test } from 'vitest';
import { createSignOutMarker } from '@/lib/cognito/session/session-end';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { browser, config, mintSession, NOW } from './support';

// iron-session checks a seal's expiry by the system clock, so these sessions start today.
const TODAY = Math.floor(Date.now() / 1000);
const MARK = '__Host-signed-out';

type Browser = ReturnType<typeof browser>;

/** Applies the cookies of one response to this browser. */
function answer(person: Browser, change: (jar: ReturnType<Browser['jar']>) => void): void {
  const jar = person.jar();
  change(jar);
  person.receive(jar);
}

async function signedIn(signedInAt = TODAY) {
  const person = browser();
  const jar = person.jar();
  await createSessionStore(config(), () => signedInAt).write(jar, {
    ...(await mintSession({ iat: TODAY })),
    signedInAt,
  });
  person.receive(jar);
  return person;
}

const isIn = async (person: Browser) =>
  (await createSessionStore(config(), () => TODAY).read(person.jar())) !== null;

test('a session that returns after the sign-out is invalid, even with its cookies', async () => {
  const person = await signedIn();
  expect(await isIn(person)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, TODAY));
  expect(await isIn(person)).toBe(false);
});

test('it is invalid even if another clock, ahead of this one, recorded its start, or if it was missing at the sign-out', async () => {
  const ahead = await signedIn(TODAY + 200);
  answer(ahead, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, TODAY + 200));
  expect(await isIn(ahead)).toBe(false);
  const elsewhere = await signedIn(TODAY - 1);
  answer(elsewhere, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, undefined));
  expect(await isIn(elsewhere)).toBe(false);
});

test('a later sign-in is valid, and no earlier session can replace it', async () => {
  const person = await signedIn(TODAY);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY - 30).signOut(jar, TODAY - 60));
  expect(await isIn(person)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY - 1)).toBe(true);
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(false);
});

test('a sign-in over the session of another user signs that user out', async () => {
  const person = await signedIn(TODAY - 60);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(await isIn(person)).toBe(false);
  const first = browser();
  answer(first, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(first.cookies.size).toBe(0);
});

test('a mark in the future is corrected by the next sign-in', () => {
  const person = browser(new Map([[MARK, '99999999999']]));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(false);
});

test.each(['x', '', '-1', '1e99', '9'.repeat(30), '4102444800x'])(
  'the mark %j is ignored',
  (mark) => {
    expect(
      createSignOutMarker(config(), () => NOW).isSignedOut(
        browser(new Map([[MARK, mark]])).jar(),
        TODAY,
      ),
    ).toBe(false);
  },
);

test('the mark lasts as long as an earlier session could', () => {
  const jar = browser().jar();
  createSignOutMarker(config({ SESSION_LIFETIME: '12h' }), () => TODAY).signOut(jar, TODAY);
  expect(jar.written).toMatchObject([{ name: MARK, maxAge: 43_200 }]);
});
