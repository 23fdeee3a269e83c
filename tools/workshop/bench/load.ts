import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { DOCUMENT } from '../../../tests/support/visitor';

/** A request that is sent repeatedly, and the response that it must get. */
export interface Target {
  /** E.g. `http://localhost:41234`. */
  readonly origin: string;
  readonly path: string;
  /** The paths of the requests, if they differ: used in turn, like the cookies. */
  readonly paths?: readonly string[];
  /** The `Cookie` headers: each request uses the next one, and after the last one the first again. */
  readonly cookies: readonly string[];
  /** The status that every response must have. */
  readonly status: number;
  /** Text that every response must contain. */
  readonly text?: string;
  /** Whether every response must set a cookie: a refreshed session. */
  readonly setsCookie?: true;
}

/** The times of a load. */
export interface Load {
  /** Time for all requests together, in milliseconds. */
  readonly wall: number;
  /** Time for each request, until the last byte of its response, in milliseconds. */
  readonly latencies: readonly number[];
}

/**
 * Sends requests over persistent connections, several at a time.
 *
 * @param target the request and the expected response
 * @param amount.requests how many
 * @param amount.concurrency how many at a time
 * @throws Error on the first unexpected response: its cost would mean nothing
 */
export async function load(
  target: Target,
  amount: { readonly requests: number; readonly concurrency: number },
): Promise<Load> {
  const { requests, concurrency } = amount;
  // Each load has its own agent: the server may close an idle connection just as it is used again.
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  let sent = 0;
  const start = performance.now();
  const one = async () => {
    while (sent < requests) {
      const cookie = target.cookies[sent % target.cookies.length] ?? '';
      const path = target.paths?.[sent % target.paths.length] ?? target.path;
      sent += 1;
      const from = performance.now();
      await ask({ ...target, path }, cookie, agent);
      latencies.push(performance.now() - from);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, one));
    return { wall: performance.now() - start, latencies };
  } finally {
    agent.destroy();
  }
}

/** The parts of a response that the bench uses. */
export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** With their names, and two characters after each of both. */
  readonly headerBytes: number;
  readonly setCookies: readonly string[];
  readonly body: string;
}

/**
 * Sends one request as a browser does for a document.
 *
 * @param target the request and the expected response
 * @param cookie the `Cookie` header; empty for none
 * @param agent keeps the connections
 * @throws Error on an unexpected response
 */
export async function ask(target: Target, cookie: string, agent?: Agent): Promise<Page> {
  const page = await get(`${target.origin}${target.path}`, cookie, agent);
  const { status, body, setCookies } = page;
  if (target.setsCookie && setCookies.length === 0) {
    throw new Error(`${target.origin}${target.path} should set a cookie, but set none.`);
  }
  if (status === target.status && body.includes(target.text ?? '')) return page;
  const wanted = target.text ? `${target.status} with "${target.text}"` : String(target.status);
  const got = status === target.status ? 'without it' : `${status}: ${body.slice(0, 200)}`;
  throw new Error(`${target.origin}${target.path} should return ${wanted}, but returned ${got}`);
}

function get(url: string, cookie: string, agent: Agent | undefined): Promise<Page> {
  const headers = { ...DOCUMENT, ...(cookie === '' ? {} : { cookie }) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers, ...(agent ? { agent } : {}) }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { headers, rawHeaders, statusCode: status = 0 } = incoming;
        const setCookies = headers['set-cookie'] ?? [];
        const headerBytes = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
        resolve({ status, headers, headerBytes, setCookies, body });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
