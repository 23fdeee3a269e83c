import { Agent, request } from 'node:http';
import { DOCUMENT } from '../../../tests/support/visitor';

/** One kind of request, again and again. */
export interface Target {
  /** E.g. `http://localhost:41234`. */
  readonly origin: string;
  readonly path: string;
  /** The `Cookie` headers, one request after the other, from the start again when they are used up. */
  readonly cookies: readonly string[];
  /** The status of every answer. */
  readonly status: number;
  /** What every page must say. */
  readonly text?: string;
}

/** What came of it. */
export interface Load {
  /** Of all requests together, in milliseconds. */
  readonly wall: number;
  /** Of each request, up to the last byte of its answer, in milliseconds. */
  readonly latencies: readonly number[];
}

/**
 * Sends requests, some at a time, over connections that are kept.
 *
 * @param target where, and what must come back
 * @param amount.requests how many
 * @param amount.concurrency how many at a time
 * @throws Error at the first answer that is another than it should be: its cost would mean nothing
 */
export async function load(
  target: Target,
  amount: { readonly requests: number; readonly concurrency: number },
): Promise<Load> {
  const { requests, concurrency } = amount;
  // Of this load alone: a connection that has waited may be closed at the moment of its next use.
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  let sent = 0;
  const start = performance.now();
  const one = async () => {
    while (sent < requests) {
      const cookie = target.cookies[sent % target.cookies.length] ?? '';
      sent += 1;
      const from = performance.now();
      await ask(target, cookie, agent);
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

/** One answer, as far as anybody here wants to know it. */
export interface Page {
  readonly status: number;
  readonly setCookies: readonly string[];
  readonly body: string;
}

/**
 * One request, as a browser sends it for a document.
 *
 * @param target where, and what must come back
 * @param cookie the header; empty for none
 * @param agent of the connections
 * @throws Error if another answer comes back
 */
export async function ask(target: Target, cookie: string, agent?: Agent): Promise<Page> {
  const page = await get(`${target.origin}${target.path}`, cookie, agent);
  const { status, body } = page;
  if (status === target.status && body.includes(target.text ?? '')) return page;
  const wanted = target.text ? `${target.status} with "${target.text}"` : String(target.status);
  const got = status === target.status ? 'without it' : `${status}: ${body.slice(0, 200)}`;
  throw new Error(`${target.origin}${target.path} should answer ${wanted}, and answered ${got}`);
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
        const setCookies = incoming.headers['set-cookie'] ?? [];
        resolve({ status: incoming.statusCode ?? 0, setCookies, body });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
