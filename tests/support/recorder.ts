import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { routes, servedFiles } from './built-site';
import { comeBack } from './expired';
import { send } from './http';
import { type RunningSite, type SiteOptions, startSite } from './site';
import { createVisitor, DOCUMENT, FETCH, type Visitor } from './visitor';

/** A request as the site received it, and the complete response. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly asked: Headers;
  readonly status: number;
  /** Without `Set-Cookie`. */
  readonly headers: Headers;
  readonly setCookies: readonly string[];
  readonly body: string;
}

/** A site behind a proxy that records every request, from tests and from real browsers. */
export interface RecordedSite extends RunningSite {
  /** In the order of the responses. */
  readonly exchanges: readonly Exchange[];
}

/**
 * Starts the built site behind a recording proxy.
 *
 * @param options as for `startSite`
 */
export async function startRecordedSite(options: SiteOptions = {}): Promise<RecordedSite> {
  const exchanges: Exchange[] = [];
  let address = '';
  const server = createServer((incoming, outgoing) => {
    // Ask for no compression, so that tests can search the text.
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    const { method = 'GET', url = '/' } = incoming;
    const onward = request(`${address}${url}`, { method, headers }, async (answer) => {
      const body = await readAll(answer);
      exchanges.push(toExchange(incoming, answer, body));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const origin = await listen(server);
  const site = await startSite({ ...options, publicOrigin: origin });
  address = site.address;
  return {
    ...site,
    exchanges,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await site.close();
    },
  };
}

/** Describes an exchange in a failure message: the request, with cookies or without, and the status. */
export function nameOf({ method, url, asked, status }: Exchange): string {
  const kind = asked.has('rsc') ? 'RSC' : (asked.get('sec-fetch-dest') ?? 'plain');
  const who = asked.has('cookie') ? 'with cookies' : 'without cookies';
  return `${method} ${url.split('?')[0]} (${kind}, ${who}): ${status}`;
}

function toExchange(incoming: IncomingMessage, answer: IncomingMessage, body: Buffer): Exchange {
  const { 'set-cookie': setCookies = [], ...headers } = answer.headers;
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    asked: toHeaders(incoming.headers),
    status: answer.statusCode ?? 0,
    headers: toHeaders(headers),
    setCookies,
    body: body.toString('utf8'),
  };
}

function toHeaders(headers: IncomingMessage['headers']): Headers {
  return new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(`http://localhost:${address.port}`);
      else reject(new Error('The recorder has no port.'));
    });
  });
}

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
  ...['/404', '/500', '/_error', '/admin.segments/_tree.segment'],
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
