import { routes, servedFiles } from './built-site';
import { comeBack } from './expired';
import { send } from './http';
import type { RecordedSite } from './recorder';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from './visitor';

/** Every way in which a browser, Next's router or a script asks for a path. */
const WAYS: readonly Record<string, string>[] = [
  DOCUMENT,
  FETCH,
  { ...FETCH, rsc: '1' },
  { ...FETCH, rsc: '1', 'next-url': '/', 'next-router-prefetch': '1' },
  { ...DOCUMENT, 'sec-purpose': 'prefetch' },
  { accept: '*/*' },
];
const FOREIGN = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

/** What no route of ours answers, or not under this name. */
const ODD_PATHS = [
  '/nothing-here',
  '/%',
  '/admin/',
  '/_next/static/x.js',
  '/_next/image?url=%2Fx&w=64',
];

/**
 * Asks a site for everything that it has, as everybody, in every way, and in an outage.
 *
 * @param site what it answers is in its `exchanges` afterwards
 */
export async function tour(site: RecordedSite): Promise<void> {
  const [anonymous, alice, bob] = [1, 2, 3].map(() => createVisitor(site.origin));
  if (!anonymous || !alice || !bob) throw new Error('There are three of them.');
  await Promise.all([alice.signIn('alice'), bob.signIn('bob')]);
  const { pages, handlers } = await routes();
  for (const path of [...pages, ...handlers, ...ODD_PATHS]) {
    await askInEveryWay(anonymous, path);
    await askInEveryWay(alice, path);
    await bob.open(path);
  }
  for (const { path } of await servedFiles()) {
    for (const visitor of [anonymous, alice]) await visitor.open(path, FETCH);
  }
  await refuseAndLeave(site, bob);
  await outage(site);
}

async function askInEveryWay(visitor: Visitor, path: string): Promise<void> {
  for (const headers of WAYS) {
    const answer = await visitor.open(path, headers);
    // Next sends a router that guesses wrong to the address with the right `_rsc`.
    const next = answer.headers.get('location') ?? '';
    if (next.includes('_rsc')) await visitor.open(next, headers);
  }
  await visitor.head(path);
  // From another site: a tour signs nobody out.
  await visitor.post(path, {}, FOREIGN);
}

/** What a person is refused, and the ways out: refresh, sign-in errors, sign-out. */
async function refuseAndLeave({ origin }: RecordedSite, bob: Visitor): Promise<void> {
  const [tab, stranger] = [bob.clone(), createVisitor(origin)];
  await tab.post('/refresh', {}, { referer: `${origin}/profile` });
  await tab.open('/forbidden?group=admin');
  // What Next would redirect, before anything of ours.
  await send(origin, { path: '//profile', headers: DOCUMENT });
  for (const query of ['error=access_denied&state=s', 'code=c&state=s', 'returnTo=/profile']) {
    await stranger.open(`/login?${query}`);
    await tab.open(`/login?${query}`);
  }
  await createVisitor(origin).post('/logout');
  const leaving = createVisitor(origin);
  await leaving.signIn('bob');
  await leaving.post('/logout');
}

/** Somebody comes back with tokens that are over: refreshed, and before that, not. */
async function outage(site: RecordedSite): Promise<void> {
  const visitor = await comeBack(site);
  site.pool.fault('/oauth2/token', { status: 500 });
  const { pages, handlers } = await routes();
  for (const path of [...pages, ...handlers]) {
    for (const headers of [DOCUMENT, FETCH]) await visitor.open(path, headers);
  }
  site.pool.fault('/oauth2/token', null);
  await visitor.open('/profile');
}
