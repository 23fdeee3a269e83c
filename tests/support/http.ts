import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Headers;
  /** One entry for each `Set-Cookie` line. */
  setCookies: string[];
  body: string;
}

/**
 * Sends one request with exactly these headers. `fetch` would add its own fetch metadata headers, and
 * couldn't forge a `Host`.
 *
 * @param url absolute, http
 * @param options method, headers and body as they are sent
 * @returns the response; redirects are not followed
 */
export function send(
  url: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string;
    /** The request target exactly as it is sent, without URL parsing. */
    path?: string;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, path } = options;
    // Use a new connection: the server may just have closed one that was kept alive.
    const wire = { method, headers, agent: false, ...(path ? { path } : {}) };
    const outgoing = request(url, wire, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { 'set-cookie': setCookies = [], ...rest } = incoming.headers;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: new Headers(Object.entries(rest).map(([name, value]) => [name, String(value)])),
          setCookies,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
