import { expect, test } from 'vitest';
import { createSessionStore } from '@/lib/cognito/session/session-store';
import { createSignOutMarker } from '@/lib/cognito/session/sign-out-marker';
import { browser, config, mintSession, NOW } from './support';

// iron-session reads the system's clock for the seal's own expiry, so these sessions begin today.
const TODAY = Math.floor(Date.now() / 1000);
const MARK = '__Host-signed-out';

type Browser = ReturnType<typeof browser>;

/** What one answer does to this browser's cookies. */
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

test('a session that comes back after the sign-out is none, though its cookies are there', async () => {
  const person = await signedIn();
  expect(await isIn(person)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, TODAY));
  expect(await isIn(person)).toBe(false);
});

test('it is none either if it began by a clock ahead of ours, or was not there at the sign-out', async () => {
  const ahead = await signedIn(TODAY + 200);
  answer(ahead, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, TODAY + 200));
  expect(await isIn(ahead)).toBe(false);
  const elsewhere = await signedIn(TODAY - 1);
  answer(elsewhere, (jar) => createSignOutMarker(config(), () => TODAY).signOut(jar, undefined));
  expect(await isIn(elsewhere)).toBe(false);
});

test('whoever signs in afterwards is in, and nobody from before comes back over it', async () => {
  const person = await signedIn(TODAY);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY - 30).signOut(jar, TODAY - 60));
  expect(await isIn(person)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY - 1)).toBe(true);
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(false);
});

test('a sign-in over the session of somebody else counts as their sign-out', async () => {
  const person = await signedIn(TODAY - 60);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(await isIn(person)).toBe(false);
  const first = browser();
  answer(first, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(first.cookies.size).toBe(0);
});

test('a mark from the future is mended by the next sign-in', () => {
  const person = browser(new Map([[MARK, '99999999999']]));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(true);
  answer(person, (jar) => createSignOutMarker(config(), () => TODAY).signIn(jar, TODAY));
  expect(createSignOutMarker(config(), () => NOW).isSignedOut(person.jar(), TODAY)).toBe(false);
});

test.each(['x', '', '-1', '1e99', '9'.repeat(30), '4102444800x'])(
  'the mark %j says nothing',
  (mark) => {
    expect(
      createSignOutMarker(config(), () => NOW).isSignedOut(
        browser(new Map([[MARK, mark]])).jar(),
        TODAY,
      ),
    ).toBe(false);
  },
);

test('the mark lives as long as a session of before could', () => {
  const jar = browser().jar();
  createSignOutMarker(config({ SESSION_LIFETIME: '12h' }), () => TODAY).signOut(jar, TODAY);
  expect(jar.written).toMatchObject([{ name: MARK, maxAge: 43_200 }]);
});
