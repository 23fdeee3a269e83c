import { routes, servedFiles } from './built-site';
import { comeBack } from './expired';
import { send } from './http';
import type { RecordedSite } from './recorder';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from './visitor';

/** The headers of every kind of request that a browser, Next's router or a script sends. */
const WAYS: readonly Record<string, string>[] = [
  DOCUMENT,
  FETCH,
  { ...FETCH, rsc: '1' },
  { ...FETCH, rsc: '1', 'next-url': '/', 'next-router-prefetch': '1' },
  { ...DOCUMENT, 'sec-purpose': 'prefetch' },
  { accept: '*/*' },
];
const FOREIGN = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

/** Paths without a route, or in a form other than the route's. */
const ODD_PATHS = [
  '/nothing-here',
  '/%',
  '/admin/',
  '/_next/static/x.js',
  '/_next/image?url=%2Fx&w=64',
];

/**
 * Requests every path of a site, as every visitor, with every kind of request, and during an outage.
 *
 * @param site records the requests and responses in its `exchanges`
 */
export async function tour(site: RecordedSite): Promise<void> {
  const [anonymous, alice, bob] = [1, 2, 3].map(() => createVisitor(site.origin));
  if (!anonymous || !alice || !bob) throw new Error('There should be three visitors.');
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
    // If `_rsc` is wrong, Next redirects to the URL with the right one.
    const next = answer.headers.get('location') ?? '';
    if (next.includes('_rsc')) await visitor.open(next, headers);
  }
  await visitor.head(path);
  // From another site, so that it is refused and doesn't sign the visitor out.
  await visitor.post(path, {}, FOREIGN);
}

/** Requests that are refused or end a session: refresh, sign-in errors, sign-out. */
async function refuseAndLeave({ origin }: RecordedSite, bob: Visitor): Promise<void> {
  const [tab, stranger] = [bob.clone(), createVisitor(origin)];
  await tab.post('/refresh', {}, { referer: `${origin}/profile` });
  await tab.open('/forbidden?group=admin');
  // Next itself would redirect this path before the middleware runs.
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

/** A visitor returns with expired tokens during an outage, and again after it. */
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
