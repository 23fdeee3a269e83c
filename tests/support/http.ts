import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Headers;
  /** One entry for each `Set-Cookie` line. */
  setCookies: string[];
  body: string;
}

/**
 * One request with exactly these headers: `fetch` would add fetch metadata of its own, and could
 * neither forge a `Host` nor leave a redirect alone.
 *
 * @param url absolute, http
 * @param options method, headers and body as they go out
 */
export function send(
  url: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string;
    /** The request target as it goes out, whatever the URL would make of it. */
    path?: string;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, path } = options;
    // A connection of its own: a kept one may just have been closed by the other side.
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
