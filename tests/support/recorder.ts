import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type RunningSite, type SiteOptions, startSite } from './site';

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
